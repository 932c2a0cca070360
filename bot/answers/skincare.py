"""Answers skincare questions: about a product of the shop where one is meant, else through the rules alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import List

from bot.answers.answer import Answer, Statements, Words
from bot.answers.products.about import about
from bot.answers.products.against import warnings
from bot.answers.products.by_words import called_by_content
from bot.answers.products.of_compared import of_compared
from bot.answers.turn import Turn
from bot.answers.two_people import of_the_other
from bot.rules.advice import Advice, Question
from bot.rules.answers import answer
from bot.rules.changes import changed_by, stays
from bot.rules.reasons import promising_no_date, promising_no_lasting_change, promising_nothing
from bot.rules.safety import asked_of_it, entries, red_flags
from bot.rules.schema import Verdict
from bot.rules.situations import SITUATION, as_asked
from bot.store.errors import StoreError, as_store_errors
from bot.understanding.frame import SUBJECTS
from bot.understanding.whose import OTHER

logger = logging.getLogger(__name__)
NEVER_OF_PRODUCTS = frozenset({"no_guarantee", "situation", "report_reaction", "reaction", "comedogenic", "cause", "popular", "my_skin_type", "changed_by"})
OF_RESULTS = frozenset({"for_concern", "results", "evidence", "benefits"})
# Kinds whose verdict answers the very question asked; elsewhere "yes" could contradict it ("can I skip it?").
YES_OR_NO = frozenset({
    "frequency", "together", "rinse_off", "replace", "pregnancy", "for_skin_type", "age", "percent", "can_use", "need",
    "next_step", "how_many_at_once", "spoiled", "twice_a_day", "order_check", "different_times", "changed_by", "mixing",
})
# Of these only a plain yes or no is said; anything between stands in their words.
PLAINLY = frozenset({"for_concern", "sunscreen", "shelf_life", "medical", "allergy", "comedogenic", "purging"})
PLAIN = frozenset({Verdict.YES, Verdict.NO})
# Even few words of these ask for yes or no: "centella and salicylic acid?", "what about sunscreen?".
ALWAYS_YES_OR_NO = frozenset({"can_use", "together"})
# "Tea tree oil on a baby?" is answered by a no.
REFUSED_PLAINLY = frozenset({"age", "pregnancy"})
# Kinds in which somebody may suffer; elsewhere the words are about something else.
OF_SUFFERING = frozenset({"for_concern", "age", "medical", "irritation", "reaction", "purging", "choose", "results", "cause"})
# A red flag in so many words comes with a question about what to use.
LONG = 40
OF_NEED = frozenset({"need", "sunscreen"})


def skincare(turn: Turn) -> Answer:
    """Answers one question and remembers it."""
    kind = turn.frame.kind
    if kind not in NEVER_OF_PRODUCTS:
        try:
            with as_store_errors():
                found = about(turn)
        except StoreError as error:
            # What can be said without the product is said then.
            logger.error("a product could not be looked up: %s", error)
            found = None
        if found is not None:
            return found
    asked = turn.asked
    if kind == "report_reaction" and not set(asked.safety) & red_flags(turn.knowledge):
        asked = replace(asked, kind="reaction")
    advice = of_the_other(turn, _promising_no_more(turn, answer(turn.knowledge, asked)))
    refused = kind == "pregnancy" and advice.verdict is Verdict.NO and len(asked.subjects) == 1
    if refused or (kind == "pregnancy_used" and turn.frame.has("instead", "asks_for_another", "asks_which")):
        # What is left out for the pregnancy is no medicine beside which something else would have to be minded.
        minded = tuple(one for one in asked.safety if turn.knowledge.safety[one].kind != "medicine")
        others = answer(turn.knowledge, replace(asked, kind="replace", safety=minded))
        advice = replace(advice, lines=(*advice.lines, *(line for line in others.lines[-1:] if line.recommends)))
    if kind == "report_reaction" and asked.kind == kind:
        again = any(one.start == one.end and one.id == turn.memory.emergency for one in turn.frame.of("safety"))
        advice = asked_of_it(turn.knowledge, advice, asked.safety, turn.frame.cues, first=again)
    if kind == "report_reaction" and len(turn.frame.words) >= LONG and turn.frame.of(*SUBJECTS):
        advice = replace(advice, lines=(*advice.lines, *advice.more[:1]), more=advice.more[1:])  # what they thought of putting on
    if kind == SITUATION and turn.frame.story:  # who tells much wants more than two sentences
        advice = replace(advice, lines=(*advice.lines, *advice.more[:1]), more=advice.more[1:])
    intro = turn.say("suffers") if turn.frame.has("suffers") and turn.frame.whose != OTHER and asked.kind in OF_SUFFERING else ""
    said = Statements(advice, intro=intro, polar=says_yes_or_no(turn, asked, advice))
    return turn.answer(said, *_of_products_called_so(turn, asked), *of_compared(turn), memory=turn.remembered(advice, as_asked(turn.knowledge, asked)))


def _of_products_called_so(turn: Turn, asked: Question) -> List[Words]:
    """What speaks against products of the shop that are called by what somebody pregnant asks about: a "bakuchiol night cream" may
    list retinal too."""
    if asked.kind != "pregnancy":
        return []
    try:
        with as_store_errors():
            found = called_by_content(turn)
    except StoreError as error:
        logger.error("a product could not be looked up: %s", error)
        return []
    lines = warnings(replace(turn, person=replace(turn.person, pregnant=True)), found)
    return [Words(" ".join(lines))] if lines else []


def says_yes_or_no(turn: Turn, asked: Question, advice: Advice) -> bool:
    """True where the verdict is a fitting first word: it answers the very question, and yes would not say the contrary."""
    frame = turn.frame
    if frame.turned or frame.has("can_i_not", "must_i") or (frame.has("can_i_skip") and (asked.kind in OF_NEED or advice.verdict is Verdict.NO)):
        return False
    if asked.kind == "rinse_off" and frame.has("leaves_on"):
        return False  # that it is rinsed off is no yes to leaving it on
    if asked.kind == "sunscreen" and frame.has("is_enough"):
        return False  # whether it is needed is another question
    if asked.kind in OF_NEED and frame.has("asks_what_it_does"):
        return False  # that it is needed does not say what it means or how long it lasts
    if asked.kind == "pregnancy" and len(asked.subjects) > 1 and any(line.recommends for line in advice.lines):
        return False  # of several some are fine
    if asked.kind == "spoiled" and not frame.has("asks_permission"):
        return False  # "does it go off" is no question of using it
    if asked.kind == "percent" and advice.verdict is Verdict.YES:
        return False  # that a strength is usual does not say that it is the person's
    plain = advice.verdict in PLAIN
    if asked.polar and not frame.has("turned_round"):
        return asked.kind in YES_OR_NO or (asked.kind in PLAINLY and plain)
    asks_more = frame.has("question_word") and not frame.has("what_about")
    refused = asked.kind in REFUSED_PLAINLY and asked.subjects and advice.verdict is Verdict.NO and "?" in frame.text
    return (refused or (asked.kind in ALWAYS_YES_OR_NO and plain)) and not asks_more and not frame.has("turned_round")


def _promising_no_more(turn: Turn, advice: Advice) -> Advice:
    """No cosmetic cures, works overnight or for good: an answer to such a question does not say so."""
    frame, asked = turn.frame, turn.asked
    if not asked.polar:
        return advice
    if frame.has("cures"):
        return promising_nothing(advice)
    if asked.kind in OF_RESULTS and frame.has("overnight"):
        return promising_no_date(advice)
    if asked.kind in OF_RESULTS and frame.has("for_good"):
        return promising_no_lasting_change(advice)
    return advice


def changed(turn: Turn) -> Answer:
    """What the person just told changes in what was talked of before."""
    subjects = turn.memory.asked.recent or turn.memory.asked.subjects
    asked = replace(turn.asked, kind="changed_by", subjects=subjects)
    if turn.person.pregnant and not turn.before.pregnant:
        # What is allowed in a pregnancy has its measure too, so that "it changes nothing" would be too little.
        advice = answer(turn.knowledge, replace(asked, kind="pregnancy"))
        return turn.answer(Statements(advice, polar=False), memory=turn.remembered(advice, asked))
    advice = changed_by(turn.knowledge, subjects, turn.person)
    if advice.verdict is Verdict.NO and (told := _newly_told(turn)) is not None:
        told = replace(told, lines=(*stays(turn.knowledge, subjects, turn.person), *told.lines))
        return turn.answer(Statements(told, polar=False), memory=turn.remembered(told, asked))
    asks = turn.frame.has("changes_anything") and turn.frame.polar
    return turn.answer(Statements(advice, polar=asks), memory=turn.remembered(advice, asked))


def _newly_told(turn: Turn) -> Advice | None:
    """What is said of the skin or the health that the person told of just now, though it speaks against none of the subjects."""
    if turn.person.irritated and not turn.before.irritated:
        return answer(turn.knowledge, replace(turn.asked, kind="irritation", subjects=()))
    return entries(turn.knowledge, [one for one in turn.person.safety if one not in turn.before.safety])
