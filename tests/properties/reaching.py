"""Messages that should reach a statement of the knowledge, made by templates from its kind and its subjects' names, and what the
rules answer to them, as the pipeline reads them when the classifier guesses the kind right."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Callable, Iterator, Mapping, NamedTuple, Sequence

from bot.nlu.hearing import hearer
from bot.rules.answers import answer
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Topic
from bot.rules.schema_safety import SafetyEntry
from bot.understanding.memory import Memory
from bot.understanding.reader import Heard, Reader
from bot.understanding.resolve import resolve

NOW = 1_000.0
MOST_NAMES = 2


class Asked(NamedTuple):
    """A message, and the kind that the classifier is taken to guess."""

    kind: str
    text: str


# By kind of question: what may be guessed, and ways to ask. {all}: the subjects joined by "and" (or "or" where it says {either});
# {one}: the first of them, {other} the rest. Kinds that no intent has are decided by rules from the guess given.
WAYS: Mapping[str, tuple[str, Sequence[str]]] = {
    "together": ("together", ("can i use {all} together", "can i use {one} with {other}", "can i use {one} after {other}", "what can i use {one} with")),
    "difference": ("difference", ("what is the difference between {all}", "how does {one} differ from {other}")),
    "better": ("better", ("which is better, {either}", "should i get {either}", "is {one} better than {other}")),
    "strength": ("strength", ("which is stronger, {either}", "is {one} stronger than {other}")),
    "replace": ("replace", ("can i use {one} instead of {other}", "can {other} replace {one}", "can i use {other} instead of {one}")),
    "order": ("order", ("in which order do i use {all}", "does {one} go before or after {other}", "where does {one} go")),
    "pregnancy_used": ("pregnancy", ("i took {one} while pregnant", "i accidentally used {one} before i knew i was pregnant")),
    "next_step": ("order", ("what comes after {one}", "what do i put on after {all}", "what next in my routine")),
    "need": ("need", ("do i need {all}", "do i need {both}", "is {one} necessary for {other}", "{other}, do i need {one}")),
    "for_skin_type": ("for_skin_type", ("is {one} good for {other}", "is {one} good for {other} skin", "what is good for {one} with {other}")),
    "for_concern": ("for_concern", ("which {one} for {other}", "does {one} help with {other}", "what helps with {all}")),
    "age": ("age", ("what age can i start {one}", "at what age should i use {all}")),
    "mixing": ("together", ("can i mix my {one} with a serum", "can i mix serum and toner in my hand")),
    "avoid_mixing": ("avoid_mixing", ("what should i not mix with {one}", "what not to mix")),
    "benefits": ("benefits", ("what does {one} do for {other}", "what are the benefits of {all}")),
    "myth": ("evidence", ("is it true that {all} works", "does {one} really work for {other}", "{all} myth", "is {one} proven")),
    "evidence": ("evidence", ("is {one} proven to work", "is there evidence for {all}")),
    "sunscreen": ("sunscreen", ("do i need sunscreen with {one}", "should i wear spf over {one}")),
    "purging": ("purging", ("does {one} cause purging", "can i purge from {all}")),
    "what_is": ("what_is", ("what is {one}", "what is {one} {other}", "what is {one} for {other}", "what is a {other} {one}")),
    "spoiled": ("shelf_life", ("my {one} turned brown", "my {one} serum turned brown", "my cream smells weird, can i still use it")),
    "irritation": ("irritation", ("{one} stings, what now", "can i use {one} when i have {other}", "my {other} hurts from {one}")),
    "allergic_or_irritated": ("irritation", ("am i allergic to {one} or is it irritated", "is this an allergy or irritation")),
    "calming": ("irritation", ("when will my irritated skin calm down",)),
    "comedogenic": ("what_is", ("what does comedogenic mean", "will it clog my pores")),
    "how_many_at_once": ("routine_steps", ("how many actives at once",)),
    "restart": ("irritation", ("when can i start again",)),
    "steps_in_order": ("routine_steps", ("korean skincare steps in order",)),
    "worth_the_price": ("better", ("are expensive serums better", "is expensive skincare worth it")),
    "age_adult": ("age", ("i am 45, is korean skincare for my age",)),
    "age_teen": ("age", ("i am 15, can i use skincare",)),
    "date_marks": ("label", ("what does exp on the pack mean", "what does 12m on the label mean")),
    "purging_not_expected": ("purging", ("does niacinamide cause purging",)),
    "time_of_day": ("time_of_day", ("when do i use {all}", "{one} in the morning or at night", "{all}, which in the morning")),
    "frequency": ("frequency", ("how often do i use {all}", "can i use {all} every day")),
    "choose": ("choose", ("how do i choose between {either}", "what should i choose", "how do i choose {all}")),
    "results": ("results", ("how long until {all} work", "which works faster, {either}")),
    "amount": ("amount", ("how much {all} do i use",)),
    "packaging": ("packaging", ("what packaging do {all} come in", "how is {all} packed")),
    "texture": ("texture", ("what texture do {all} have", "which is thicker, {either}")),
    "strong_sun": ("sunscreen", (
        "i am on {one} and we fly to the beach next week, do i need to change anything",
        "i have used {one} at night since the spring and my skin likes it a lot. next week we fly to the beach for ten days with the children, and i burn easily. do i need to change anything in my routine while we are there?",
    )),
    "cause": ("cause", ("why does {one} cause {other}", "why do i have {other} from {one}", "why do i get {all}")),
}
ANYWAY = ("{kind}", "how is it with {kind}")
GENERAL: Mapping[str, Sequence[str]] = {
    "allergy": ("what about allergies",), "label": ("how do i read a label",), "medical": ("is that medical",),
    "my_skin_type": ("how do i find out my skin type",), "patch_test": ("how do i do a patch test",), "price": ("why are they so expensive",),
    "percent": ("which percentage should i use",), "how_to_apply": ("how do i apply skincare",), "routine_steps": ("how many steps does a routine have",),
    "age": ("what age can i start skincare",), "irritation": ("my skin stings, what now",), "pregnancy": ("what is safe in pregnancy",),
    "together": ("can i use everything together",), "pregnancy_used": ("i used something before i knew i was pregnant",), "for_concern": ("what helps my skin",), "myth": ("are skincare myths true",),
    "sunscreen": ("do i need to wear sunscreen", "is spf necessary every day"),
    "strong_sun": ("i am on doxycycline and we fly to the beach next week, do i need to change anything",),
    "source": ("where is this from",), "popular": ("what is popular",),
}
# What shows a safety entry that is known by cues alone, by cue.
BY_CUE: Mapping[str, Sequence[str]] = {
    "others_prescription": ("can i use my sister's prescription cream", "i took my friend's leftover antibiotics"),
}


def asking(kind: str, names: Sequence[Sequence[str]]) -> Iterator[Asked]:
    """Messages of a kind about subjects, each of which has several names; in every order of the subjects."""
    guess, templates = WAYS.get(kind, (kind, ANYWAY))
    if not names:
        templates = GENERAL.get(kind) or [one for one in templates if "{" not in one] or [kind.replace("_", " ")]
    for chosen in product(*(list(one)[:MOST_NAMES] for one in names)):
        for ordered in (list(chosen), list(reversed(chosen))):
            joined = {
                "kind": kind.replace("_", " "), "all": " and ".join(ordered), "either": " or ".join(ordered),
                "both": "both " + " and ".join(ordered), "one": ordered[0] if ordered else "", "other": " and ".join(ordered[1:]),
            }
            for template in templates:
                if len(ordered) > 1 or "{other}" not in template:
                    yield Asked(guess, template.format(**joined).strip())


def names_of(knowledge: Knowledge, subject_id: str) -> list[str]:
    """How people call a subject, condition or safety entry."""
    entry = knowledge.subject(subject_id) or knowledge.conditions.get(subject_id)
    if entry is None:
        return list(knowledge.safety[subject_id].phrases) or [knowledge.safety[subject_id].name]
    return [text.lower() for text in (*entry.aliases[:1], entry.name)] if subject_id in knowledge.conditions else [text.lower() for text in entry.wordings]


@lru_cache(maxsize=1)
def _reading() -> tuple[Callable[[str, str], Heard], Reader]:
    return hearer(), Reader()


def answered(knowledge: Knowledge, asked: Asked) -> list[str]:
    """The texts that the rules answer to a message, further lines too."""
    hear, reader = _reading()
    found = resolve(reader.read(hear(asked.kind, asked.text)), Memory(), knowledge, "", NOW)
    advice = answer(knowledge, found.asked)
    return [line.text for line in (*advice.lines, *advice.more, *advice.cautions, *advice.why) if line.text]


def reaches(knowledge: Knowledge, texts: Sequence[str], messages: Iterator[Asked]) -> bool:
    """True where one of the messages is answered with one of the texts."""
    return any(set(texts) & set(answered(knowledge, asked)) for asked in messages)


def of_pair(knowledge: Knowledge, a: str, b: str) -> Iterator[Asked]:
    """Messages about two things that meet."""
    # Two of one family that meet have names of their own.
    first, second = knowledge.families[a].members[:2] if a == b else (a, b)
    return asking("together", [names_of(knowledge, first), names_of(knowledge, second)])


def of_topic(knowledge: Knowledge, topic: Topic) -> Iterator[Asked]:
    """Messages that ask for a topic."""
    return asking(topic.kind, [names_of(knowledge, one) for one in topic.about])


def of_safety(entry: SafetyEntry) -> Iterator[Asked]:
    """Messages that show a safety entry."""
    for phrase in entry.phrases:
        if phrase.isascii():
            yield from (Asked("medical", text) for text in (phrase, f"i have {phrase}", f"can i use a serum, {phrase}", f"can i put retinol on, {phrase}"))
    for trigger in entry.triggers:
        yield from (Asked("medical", text) for text in (f"i am allergic to {trigger}", f"{trigger} gives me hives"))
    for cue in entry.cues:
        yield from (Asked("medical", text) for text in BY_CUE.get(cue, ()))
    for sign in entry.signs:
        yield Asked("medical", f"my {' '.join(group[0] for group in sign.all)}")
