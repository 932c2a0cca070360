"""Patterns of plain words, as `data/understanding` writes them.

    how (do|can) [i] tell       one of several words, a word that may be missing
    {ingredient} .. {subject}   mentions by label (`CLASSES` are several labels), up to three other words between
    which ... best              up to eight words of the same sentence
    <i> <use>                   a list of words with a name, from _cues.yml
    @retinol                    a mention by its id
    ^ is it                     at the start of a sentence; $ is the end of the question

Words are lower case with contractions written out ("i am", "do not"), as `plain.words` gives them; a mention is one word,
which a pattern can name by its label or by its own words.
"""

from __future__ import annotations

from itertools import product
from typing import Iterable, List, Mapping, Sequence, Tuple, Union

from bot.understanding.frame import LABELS, mention_word
from bot.understanding.matching import ENDS, Row, Step

CLASSES: Mapping[str, Sequence[str]] = {
    "content": ("ingredient", "family"),
    "subject": ("product_type", "ingredient", "family", "product", "term", "condition"),
    "need": ("concern", "skin_type"),
}
GAPS = {"..": 3, "...": 8}
MOST_EXPANDED = 200
Node = Union[str, Tuple[str, "list[list[Node]]"]]


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which and why."""


MENTIONS = tuple(mention_word(label) for label in LABELS)


def compiled(template: str, words: Mapping[str, Sequence[str]], over_mentions: bool = True) -> List[Row]:
    """A pattern as rows of steps, any of which may fit.

    Args:
        template: see the head of this file.
        words: lists of words by name.
        over_mentions: whether a gap may hold mentions.

    Raises:
        PatternError: when a bracket is open, a name is unknown, or it stands for too many patterns.
    """
    nodes, rest = _parsed(_tokens(template, words), template)
    if rest:
        raise PatternError(f"{template!r}: a bracket closes that was not opened")
    rows = [row for row in _rows(nodes, template, over_mentions) if row]
    if not rows or len(rows) > MOST_EXPANDED:
        raise PatternError(f"{template!r}: stands for {len(rows)} patterns; write it as several simpler ones")
    return rows


def _tokens(template: str, words: Mapping[str, Sequence[str]]) -> List[str]:
    for bracket in "()[]|":
        template = template.replace(bracket, f" {bracket} ")
    found: List[str] = []
    for token in template.split():
        if token.startswith("<") and token.endswith(">"):
            if token[1:-1] not in words:
                raise PatternError(f"{template!r}: no list of words is called {token}")
            inner = " | ".join(words[token[1:-1]])
            found += ["(", *_tokens(inner, words), ")"]
        else:
            found.append(token)
    return found


def _parsed(tokens: List[str], template: str) -> Tuple[List[Node], List[str]]:
    """The nodes up to the next bracket that closes, and what is left."""
    nodes: List[Node] = []
    while tokens and tokens[0] not in (")", "]", "|"):
        head, tokens = tokens[0], tokens[1:]
        if head in "([":
            options: List[List[Node]] = []
            while True:
                option, tokens = _parsed(tokens, template)
                options.append(option)
                if not tokens:
                    raise PatternError(f"{template!r}: a bracket is not closed")
                mark, tokens = tokens[0], tokens[1:]
                if mark != "|":
                    break
            nodes.append(("optional" if head == "[" else "one of", options))
        else:
            nodes.append(head)
    return nodes, tokens


def _rows(nodes: Sequence[Node], template: str, over_mentions: bool) -> Iterable[Row]:
    choices = [_choices(node, template, over_mentions) for node in nodes]
    count = 1
    for one in choices:
        count *= len(one)
    if count > MOST_EXPANDED:
        raise PatternError(f"{template!r}: stands for {count} patterns; write it as several simpler ones")
    return (tuple(token for part in row for token in part) for row in product(*choices))


def _choices(node: Node, template: str, over_mentions: bool) -> List[Row]:
    if isinstance(node, str):
        return [(_token(node, template, over_mentions),)]
    kind, options = node
    single = options[0][0] if len(options) == 1 and len(options[0]) == 1 else None
    if kind == "optional" and isinstance(single, str) and single not in GAPS:
        return [(_token(single, template, over_mentions)._replace(low=0),)]
    plain = [option[0] for option in options if len(option) == 1 and isinstance(option[0], str) and _is_word(option[0])]
    longer = [option for option in options if not (len(option) == 1 and isinstance(option[0], str) and _is_word(option[0]))]
    words = Step(frozenset(map(str, plain)))
    if kind == "optional" and plain and not longer:
        return [(words._replace(low=0),)]
    rows: List[Row] = [(words,)] if plain else []
    rows += [row for option in longer for row in _rows(option, template, over_mentions)]
    return [*rows, ()] if kind == "optional" else rows


def _is_word(token: str) -> bool:
    return token not in GAPS and token != "_" and not token.startswith("{")


def _token(token: str, template: str, over_mentions: bool) -> Step:
    if token in GAPS:
        return Step(frozenset(), frozenset((*ENDS, *(() if over_mentions else MENTIONS))), 0, GAPS[token])
    if token == "_":
        return Step(frozenset(), frozenset(ENDS))
    if token.startswith("{"):
        label = token[1:-1]
        names = CLASSES.get(label, (label,))
        if any(name not in LABELS for name in names):
            raise PatternError(f"{template!r}: there is no label {label!r}; there are {', '.join((*LABELS, *CLASSES))}")
        return Step(frozenset(map(mention_word, names)))
    return Step(frozenset((token,)))
