"""Which statements an owner may switch off or reword, and which words may take their place. What keeps people safe stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.safety import is_strong
from bot.rules.schema import Fact, Pair, Verdict
from bot.rules.situations import AGAINST
from bot.rules.statements import Statement
from bot.teaching.claims import medical_claims
from bot.teaching.refusing import named_harm, short, text_refusals

LONGEST = 400
EXFOLIANT, SUNSCREEN = "exfoliant", "sunscreen"
OF_SAFETY = {"safety", "practices", "guidelines", "shelf_life"}
"""Files whose statements all keep somebody safe, or go with figures that the rules count with."""
SAFE_KINDS = frozenset({
    "age", "age_adult", "age_teen", "allergic_or_irritated", "allergy", "avoid_mixing", "calming", "child_reacted", "find_culprit", "irritation", "lasting_irritation", "medical",
    "mixing", "on_hurt_skin", "patch_test", "percent", "pregnancy", "pregnancy_used", "purging", "purging_not_expected", "reaction", "report_reaction", "restart", "shelf_life",
    "side_effects", "spoiled", "strong_sun", "sunscreen",
})
USE_KINDS = frozenset({
    "amount", "can_use", "check_routine", "choose", "different_times", "for_concern", "for_skin_type", "frequency", "how_many_at_once", "how_to_apply", "less_is_more", "need",
    "next_step", "order", "order_check", "replace", "results", "rinse_off", "routine", "routine_steps", "steps_in_order", "strength", "time_of_day", "together", "twice_a_day", "waiting_time",
})
"""Kinds whose answer on a strong active says how it is used without harm."""
ALLOWED_PAIRS = frozenset({"helpful", "fine"})
PERMITS = frozenset({None, Verdict.YES, Verdict.DEPENDS, Verdict.UNKNOWN})
WORDS = {
    "pregnancy": ("pregnant", "pregnancy", "breastfeeding", "nursing", "trimester"),
    "children": ("child", "children", "baby", "babies", "infant", "infants", "toddler", "kid", "kids", "teenager", "teenagers", "under 18", "under 13", "under 12", "newborn"),
    "allergies": ("allergy", "allergies", "allergic", "allergen", "allergens"),
    "doctors and medicines": (
        "doctor", "doctors", "dermatologist", "dermatologists", "pharmacist", "midwife", "clinic", "hospital", "prescription", "prescribed", "medicine", "medicines", "emergency",
        "poison", "ambulance", "optician", "dentist", "nurse", "vet",
    ),
    "sun protection": ("sunscreen", "sunscreens", "spf", "sunburn", "sunburnt", "sunbed", "sunbeds"),
    "what may harm skin": (
        "patch test", "stop", "stings", "sting", "stinging", "burn", "burns", "burning", "swollen", "swelling", "bleed", "bleeds", "bleeding", "blister", "blisters", "wound", "wounds", "infection",
        "infected", "hurts", "broken skin", "irritated", "irritates", "irritate", "irritating", "irritation", "raw", "rash", "itch", "itches", "itching", "sore", "unsafe", "danger", "dangerous",
        "harm", "harms", "harmful", "never", "avoid", "mould", "mouldy", "bacteria", "eyes", "swallow", "swallowed", "inhale", "fire", "flammable", "germs", "throw",
        "pause", "leave it out", "do not use", "don t use", "patch tested", "test inside", "splinters",
    ),
}
"""Words that show a statement to be about safety, by what it is about then."""
COUNTED = frozenset([
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "dozen", "half", "quarter", "once", "twice", "thrice", "double", "daily",
    "nightly", "weekly", "hourly", "every", "each",
])


def kept(knowledge: Knowledge, statement: Statement) -> str:
    """Why a statement can be neither switched off nor reworded, as the end of a sentence; empty where it can be."""
    if statement.file in OF_SAFETY or statement.kind in SAFE_KINDS or statement.field == "percent":
        return "it keeps people safe"
    if statement.file == "pairs" and (not isinstance(statement.tags, Pair) or statement.tags.verdict not in ALLOWED_PAIRS or statement.tags.sensitive):
        return "it keeps apart what does not go together, or says for whom that holds"
    if statement.file == "concerns" and knowledge.concerns[statement.entry].medical:
        return "it is about a disease"
    verdict = statement.tags.verdict if isinstance(statement.tags, Fact) else None
    if verdict not in PERMITS or any(AGAINST.match(text) for text in statement.texts):
        return "it holds people back from something, or tells them to take care"
    if statement.own & {*knowledge.safety}:
        return "it is for people with a condition, a medicine or an allergy"
    if SUNSCREEN in statement.own or SUNSCREEN in statement.entry:
        return "it is about sun protection"
    named = {*statement.own, *statement.named(knowledge.names_in_text)}
    if statement.kind in USE_KINDS and any(one == EXFOLIANT or (knowledge.is_content(one) and is_strong(knowledge, one)) for one in named):
        return "it says how something strong is used without harm"
    plain = f" {_words(' '.join(statement.texts))} "
    about = next((what for what, words in WORDS.items() if any(f" {word} " in plain for word in words)), "")
    harm = "" if about else named_harm(" ".join(statement.texts), knowledge)
    return f"it is about {about}" if about else f"it speaks of {harm}" if harm else ""


def cannot(why: str) -> str:
    """The sentence that tells an owner."""
    return f"This can't be switched off or reworded, since {why}."


def refusals(knowledge: Knowledge, statement: Statement, texts: Sequence[str]) -> list[str]:
    """Why these words may not take the place of a statement's, a sentence each; none where they may.

    Args:
        knowledge: the project's.
        statement: one of its.
        texts: a text for each of the statement's.
    """
    why = kept(knowledge, statement)
    if why:
        return [cannot(why)]
    if len(texts) != len(statement.texts):
        return [f"Give {len(statement.texts)} texts, one for each that stands there."]
    return list(dict.fromkeys(one for old, new in zip(statement.texts, texts) for one in _refused(knowledge, statement, old, new)))


def _refused(knowledge: Knowledge, statement: Statement, old: str, new: str) -> Iterator[str]:
    if not new.strip():
        yield "No text may be empty: switch the statement off instead."
    yield from text_refusals(new, LONGEST, f"“{short(new)}”")
    claims = medical_claims(new)
    if claims:
        yield f"“{short(new)}” makes a medical claim (“{claims[0]}”), which a cosmetic must not make."
    harm = named_harm(new, knowledge)
    if harm:
        yield f"“{short(new)}” speaks of {harm}: of skin and health only statements with a source speak."
    names, allowed = knowledge.names_in_text, {*statement.named(knowledge.names_in_text), *statement.own}
    strange = [one for one in names.find(new) if one not in allowed]
    if strange:
        yield f"“{short(new)}” names {_called(knowledge, strange[0])}, of which the statement does not speak: who must leave it would not be kept from it."
    missing = [one for one in statement.divided(names, old).recommends if one not in names.find(new)]
    if missing:
        yield f"“{short(new)}” must go on naming {_called(knowledge, missing[0])}, which it recommends: who must leave that is kept from it by its name."
    plain = _words(new).split()
    figures = [one for one in plain if (one in COUNTED or any(letter.isdigit() for letter in one)) and one not in _words(old).split()]
    if figures:
        yield f"“{short(new)}” holds a figure (“{figures[0]}”) that the statement and its sources do not have."


def _called(knowledge: Knowledge, subject_id: str) -> str:
    subject = knowledge.subject(subject_id)
    return subject.name if subject is not None else subject_id.replace("_", " ")


def _words(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
