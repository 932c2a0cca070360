"""Which ingredients, families and exfoliants a sentence names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator

if TYPE_CHECKING:
    from bot.rules.knowledge import Knowledge

EXFOLIANT = "exfoliant"
# What an exfoliant is called in a sentence, beside the names that people ask for it by.
ROUGH = ("scrub", "scrubbing", "scrubs", "peel", "peels")
# Words that hold a name and mean something else, or that say it is not in there ("fragrance-free").
OTHER_THINGS = (
    "fatty acid", "fatty acids", "amino acid", "amino acids", "oleic acid", "lactic bacteria", "orange peel",
)
WITHOUT = "free"
SHORTEST_WITH_PLURAL = 3


class NamesInText:
    """Finds the ids of ingredients, families and the product type `exfoliant` by their English names, plurals and
    aliases: whole words, longest name first, whatever the case.

    Made once from a knowledge; a sentence takes some microseconds.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        runs: dict[tuple[str, ...], str] = {}
        for text, subject_id in _names(knowledge):
            runs.setdefault(_run(text), subject_id)
        for text in OTHER_THINGS:
            runs[_run(text)] = ""
        runs |= {(*run, WITHOUT): "" for run in runs}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for run, subject_id in sorted(runs.items(), key=lambda item: -len(item[0])):
            self._by_first.setdefault(run[0], []).append((run, subject_id))

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that the text names, in order, each once."""
        words, found, place = _words(text), [], 0
        while place < len(words):
            for run, subject_id in self._by_first.get(words[place], ()):
                if run == tuple(words[place : place + len(run)]):
                    found.append(subject_id)
                    place += len(run)
                    break
            else:
                place += 1
        return tuple(dict.fromkeys(subject_id for subject_id in found if subject_id))


def _names(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every wording with its id; where two claim one, an ingredient's comes before a family's."""
    for ingredient_id, ingredient in knowledge.ingredients.items():
        for text in ingredient.wordings:
            yield from ((form, ingredient_id) for form in (text, _plural(text)))
    for family_id, family in knowledge.families.items():
        for text in family.wordings:
            yield from ((form, family_id) for form in (text, _plural(text), text.removesuffix("s")))
    kind = knowledge.product_types.get(EXFOLIANT)
    if kind:
        yield from ((form, EXFOLIANT) for text in (*kind.wordings, *kind.sold_as) for form in (text, _plural(text)))
        yield from ((text, EXFOLIANT) for text in ROUGH)


def _plural(text: str) -> str:
    """The regular plural of a name; that of an abbreviation of two letters would be another word ("HA", "has")."""
    if len(text) < SHORTEST_WITH_PLURAL:
        return text
    return f"{text}es" if text.endswith(("x", "ch", "sh")) else text if text.endswith("s") else f"{text}s"


def _run(name: str) -> tuple[str, ...]:
    return tuple(word for word in _words(name) if word)


def _words(text: str) -> list[str]:
    """The words in lower case, split at everything that is neither letter nor digit. A mark that ends a clause, and a
    bracket, stands as an empty word, so that no name reaches over it."""
    words: list[str] = []
    for chunk in text.lower().split():
        if chunk[0] == "(":
            words.append("")
        plain = chunk if chunk.isalnum() else "".join(letter if letter.isalnum() else " " for letter in chunk)
        words += plain.split()
        if chunk[-1] in ".,;:!?)":
            words.append("")
    return words
