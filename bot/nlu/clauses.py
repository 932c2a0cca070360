"""Cuts a message into the questions it asks: "is it ok in pregnancy, and how often?" asks two.

One question about several subjects stays whole ("retinol and vitamin C together?"), as does a story with a question
at its end: what asks nothing is context of the question after it, or of the last one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Iterator, NamedTuple, Sequence

from bot.nlu.question_signs import (
    AUX,
    CONNECTORS,
    INDIRECT,
    MODALS,
    REACH,
    REQUEST,
    SUBJECT,
    WH,
    Word,
    after_joints,
    asks_within,
    breaks_in,
    has_verb_near,
    inverted,
    is_joint,
    opens_question,
    past_joints,
)

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SENTENCE_END = re.compile(r"[?!…;\n]+|(?<!\bvs)(?<!\b[a-z])\.(?=\s|$)|(?<=[a-z]{3})\.(?=[a-z]{2})")
STRAIGHT = str.maketrans({"’": "'", "‘": "'"})
TAG = re.compile(
    r"(?:is|are|was|would|will) (?:that|this|these)(?: be)? (?:ok|okay|fine|alright|safe|right|true|normal|bad|good|"
    r"correct|allowed|possible|too much|a problem)(?: or not| to do| or (?:bad|wrong|no))?"
    r"|(?:am i|is that) (?:right|wrong|correct)|(?:what|wat) do (?:you|u) (?:think|say)|do (?:you|u) (?:think|know)(?: so)?"
    r"|(?:can|could) (?:you|u|anyone|someone) (?:please |pls )?(?:help|advise|explain)(?: me)?(?: please| pls| out)?"
    r"|yes or no|or not|why(?: not)?|how come|right|correct|isn'?t it|aren'?t they|don'?t (?:i|you|they)|doesn'?t it"
    r"|what should i do|what (?:do|can) i do|any (?:ideas?|advice|tips|thoughts|suggestions?|help)|(?:are )?(?:you|u) there"
    r"|anyone|what'?s up|how are (?:you|u)|how'?s it going"
)
ECHO = re.compile(r"(?:is|are) (?:it|they) (?:ok|okay|fine|alright|safe|true|allowed|possible)(?: or not)?")
NEW_TOPIC = re.compile(r"(?:and|also|plus|what about|how about)\b")
BARE = re.compile(
    r"(?:is|are|was|were) (?:it|they|that|this|he|she|these|those)(?: \w+){0,2}|(?:a |is it a |would it be a )?(?:good|bad|smart|terrible|stupid) idea"
    r"|(?:any )?(?:thoughts|opinions?|objections)|(?:is )?(?:that|this|it)? ?(?:safe|ok|okay|fine|allowed|worth it|true|normal|enough)|yes or no"
    r"|does (?:it|that|this) (?:work|make sense|sound (?:right|ok|fine|good|safe))"
)
LEAST_TOLD = 8
STORY = 30
"""So many words told beside the questions make a message a story: what it tells is no part of what it asks."""
MOST_QUESTIONS, MOST_ASKED, MOST_PIECES = 8, 800, 120
"""More questions, and more characters, words and marks of them, than a message has; what stands behind them belongs to the last one."""


class Part(NamedTuple):
    """One question of a message: its wording alone, where it stands together with its context, where the question itself begins
    and ends, and whether the message is a story around it."""

    question: str
    start: int
    end: int
    asks: int = 0
    asks_end: int = 0
    story: bool = False


@dataclass(frozen=True)
class _Clause:
    """A stretch of words, without the connectors and fillers before a question."""

    words: tuple[Word, ...]
    asks: bool
    sentence: int
    joined: bool
    marked: bool = False

    @property
    def plain(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def pieces(self) -> int:
        """How many words and marks it has: so much work it makes, where noise of the same length makes more than words do."""
        return sum(1 + len(word.before) for word in self.words)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def parts(text: str) -> list[Part]:
    """The questions that a message asks, in order, each with the stretch of text that belongs to it.

    Args:
        text: the message as it was written.

    Returns:
        Two or more parts; one where a story holds a single question; none where the message is best read whole.
    """
    clauses = _without_tags(list(_clauses(text.lower().translate(STRAIGHT))))
    asking = _first([place for place, clause in enumerate(clauses) if clause.asks], clauses)
    story = sum(len(clause.words) for clause in clauses if not clause.asks) >= STORY
    if story:
        asking = _plainly(asking, clauses)
    if not asking or (not story and len(asking) == 1 and not _ends_story(clauses, asking[0])):
        return []
    found, begin = [], 0
    for place in asking:
        last = place == asking[-1]
        end = clauses[-1].end if last else clauses[place].end
        asks = clauses[_opened(clauses, place)].start if story else clauses[place].start
        found.append(Part(text[asks : clauses[place].end], clauses[begin].start, end, asks, clauses[place].end, story))
        begin = place + 1
    return _completed(found, [clauses[place] for place in asking])


def _plainly(asking: Sequence[int], clauses: Sequence[_Clause]) -> list[int]:
    """The questions of a story: where some carry a question mark, what has none is told, but for a request ("recommend me ...")."""
    marked = [place for place in asking if clauses[place].marked]
    requests = [place for place in asking if REQUEST.match(clauses[place].plain)]
    return sorted({*marked, *requests}) if marked else list(asking)


def _opened(clauses: Sequence[_Clause], place: int) -> int:
    """The clause with which a question of a story begins: of one that says nothing by itself ("Good idea?") the sentence before it."""
    bare = TAG.fullmatch(clauses[place].plain) or BARE.fullmatch(clauses[place].plain)
    if not bare or place == 0 or clauses[place - 1].asks:
        return place
    first = place - 1
    while first and clauses[first - 1].sentence == clauses[place - 1].sentence and not clauses[first - 1].asks:
        first -= 1
    return first


def _first(asking: Sequence[int], clauses: Sequence[_Clause]) -> list[int]:
    """Those of the clauses that ask which are read."""
    asked = accumulate(clauses[place].end - clauses[place].start for place in asking)
    pieces = accumulate(clauses[place].pieces for place in asking)
    sizes = zip(asking[:MOST_QUESTIONS], asked, pieces)
    return [place for place, size, count in sizes if size <= MOST_ASKED and count <= MOST_PIECES]


def _ends_story(clauses: Sequence[_Clause], place: int) -> bool:
    """True for a question that says what it wants by itself, when more is told than asked."""
    if TAG.fullmatch(clauses[place].plain):
        return False
    told = sum(len(clause.words) for clause in clauses if not clause.asks)
    return told >= LEAST_TOLD and told > len(clauses[place].words)


def _clauses(plain: str) -> Iterator[_Clause]:
    begin = 0
    ends = [(match.start(), match.end()) for match in SENTENCE_END.finditer(plain)] + [(len(plain), len(plain))]
    for number, (stop, after) in enumerate(ends):
        words = _words(plain, begin, stop)
        if words:
            yield from _in_sentence(words, number, asked="?" in plain[stop:after])
        begin = after


def _words(plain: str, begin: int, stop: int) -> list[Word]:
    found, last = [], begin
    for match in WORD.finditer(plain, begin, stop):
        found.append(Word(match.group(), match.start(), match.end(), plain[last : match.start()].strip()))
        last = match.end()
    return found


def _in_sentence(words: list[Word], number: int, asked: bool) -> Iterator[_Clause]:
    """The clauses of one sentence; one that ends with a question mark asks with its last clause at least."""
    cuts = _cuts(words)
    pieces = [words[cut:end] for cut, end in zip(cuts, [*cuts[1:], len(words)])]
    clauses = [replace(_clause(piece, number, position > 0), marked=asked) for position, piece in enumerate(pieces)]
    if asked and not any(clause.asks for clause in clauses) and after_joints(words, 0) < len(words):
        clauses[-1] = replace(clauses[-1], asks=True)
    yield from clauses


def _cuts(words: Sequence[Word]) -> list[int]:
    """Where the clauses of a sentence start. Behind a joint weak signs of a question will do; in running speech only
    the order of words, and only once the question before is complete."""
    cuts, complete, indirect, place = [0], False, False, 0
    past = past_joints(words)
    while place < len(words):
        opened = place == cuts[-1] or is_joint(words, place)
        start = past[place] if opened else place
        if start < len(words) and (
            (opened and (opens_question(words, start) or (indirect and words[start].text in {"if", "whether"})))
            or (not opened and complete and breaks_in(words, start))
        ):
            if place > cuts[-1]:
                cuts.append(place)
            complete = has_verb_near(words, start) if words[start].text in WH else inverted(words, start)
            place = start
        complete = complete or (words[place].text in AUX and place + 1 < len(words))
        place += 1
        indirect = indirect or bool(INDIRECT.search(" ".join(word.text for word in words[max(0, place - 3) : place])))
    return cuts


def _clause(words: list[Word], number: int, joined: bool) -> _Clause:
    start = after_joints(words, 0)
    own = words[start:]
    asks = bool(own) and (
        opens_question(words, start) or asks_within(own) or (joined and own[0].text in {"if", "whether"})
    )
    return _Clause(tuple(own if asks else words), asks, number, joined or (start > 0 and words[0].text in CONNECTORS))


def _without_tags(clauses: list[_Clause]) -> list[_Clause]:
    """Tags and bare alternatives ("is that ok?", "serum or ampoule?") belong to the question before them."""
    kept: list[_Clause] = []
    for clause in clauses:
        before = next((one for one in reversed(kept) if one.asks), None) if clause.asks else None
        if before is not None:
            near = kept[-1] is before or clause.sentence == kept[-1].sentence
            if near and (TAG.fullmatch(clause.plain) or (ECHO.fullmatch(clause.plain) and before.words[0].text in AUX)):
                clause = replace(clause, asks=False)
            elif kept[-1] is before and not _stands_alone(clause):
                kept[-1] = replace(before, words=before.words + clause.words)
                continue
        kept.append(clause)
    return kept


def _stands_alone(clause: _Clause) -> bool:
    """True when the clause is a question of its own rather than answers offered to the one before."""
    words = clause.words
    return clause.joined or bool(NEW_TOPIC.match(clause.plain)) or opens_question(words, 0) or asks_within(words)


def _completed(found: list[Part], clauses: Sequence[_Clause]) -> list[Part]:
    """Bare question words share the rest of their neighbour: "how much and how often should i use it"."""
    done = list(found)
    for place, clause in enumerate(clauses):
        if not _is_bare(clause):
            continue
        shares = place + 1 < len(clauses) and clauses[place + 1].joined and clauses[place + 1].words[0].text in WH
        if shares and (rest := _from_verb(clauses[place + 1])):  # "how long, and who pays the duties" shares nothing
            done[place] = found[place]._replace(question=f"{found[place].question} {rest}", end=found[place + 1].end)
        elif place and clause.joined and (rest := _from_verb(clauses[place - 1])).split(" ")[0] in MODALS:
            done[place] = found[place]._replace(question=f"{found[place].question} {rest}")
    return done


def _is_bare(clause: _Clause) -> bool:
    """True for a question word with at most a noun: "when", "how much", "what serum"."""
    texts = [word.text for word in clause.words]
    return len(texts) <= REACH and texts[0] in WH - {"why"} and not any(text in AUX | SUBJECT for text in texts[1:])


def _from_verb(clause: _Clause) -> str:
    """A question's wording from its auxiliary or "to" on."""
    texts = [word.text for word in clause.words]
    verbs = [place for place, text in enumerate(texts) if text in AUX or text == "to"]
    return " ".join(texts[verbs[0] :]) if verbs else ""
