"""How often, when, in what strength: worked out from fields where no statement stands."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Line, Question, from_fact, joined, line_of
from bot.rules.facts import general, of_subject, stated
from bot.rules.knowledge import Knowledge
from bot.rules.names import name
from bot.rules.schema import Ingredient, ProductType, Verdict

DAILY = 7
TWICE = 14


def frequency(knowledge: Knowledge, question: Question) -> Advice | None:
    """How often: the subject's statement, else the sessions a week that its data gives to begin with."""
    found = stated(knowledge, "frequency", question.subjects, (), question.needs)
    if found:
        return found
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        if isinstance(subject, Ingredient) and subject.use:
            low, high = subject.use.per_week.low, subject.use.per_week.high
            key = "frequency_daily" if low >= DAILY else "frequency_start"
            params = {"subject": subject.name, "times": _times(low, high)}
            verdict = Verdict.YES if low >= DAILY else Verdict.CAREFUL
            line = Line(key=key, params=params, recommends=(subject_id,))
            return Advice(verdict, (line,), sources=tuple(subject.use.sources))
    return stated(knowledge, "frequency", question.forms) or general(knowledge, "frequency")


def _times(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def twice_a_day(knowledge: Knowledge, question: Question) -> Advice | None:
    """More than once a day: not for what is meant for once, else how often."""
    usual = frequency(knowledge, question)
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        use = subject.use if isinstance(subject, Ingredient) else None
        if use and usual and DAILY <= use.per_week.high < TWICE:
            line = Line(key="twice_no_need", params={"subject": name(knowledge, subject_id)}, recommends=(subject_id,))
            return Advice(Verdict.NO, (line,), more=usual.lines, sources=usual.sources)
        if isinstance(subject, ProductType):
            break
    return usual


def results(knowledge: Knowledge, question: Question) -> Advice | None:
    """When something shows; of a kind of product alone the usual time for what it is hoped to do comes with it."""
    found = stated(knowledge, "results", question.subjects, question.forms, question.needs) or stated(knowledge, "results", question.needs)
    usual = general(knowledge, "results")
    only_types = question.subjects and all(one in knowledge.product_types for one in question.subjects)
    if found and usual and only_types and any(one in knowledge.concerns for one in question.needs):
        return joined([usual, found], verdict=usual.verdict)
    return found or usual


def time_of_day(knowledge: Knowledge, question: Question) -> Advice | None:
    """Morning or night: the subject's statement, else what its data says, else its form's."""
    found = stated(knowledge, "time_of_day", question.subjects, (), question.needs)
    if found:
        return found
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        if isinstance(subject, Ingredient) and subject.use:
            line = Line(key=f"time_{subject.use.when}", params={"subject": subject.name}, recommends=(subject_id,))
            return Advice(None, (line,), sources=tuple(subject.use.sources))
    return stated(knowledge, "time_of_day", question.forms) or general(knowledge, "time_of_day")


def percent(knowledge: Knowledge, question: Question) -> Advice | None:
    """Which strength: the statement, else the usual range of the ingredient; a number asked about is placed in it."""
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        if isinstance(subject, Ingredient) and subject.percent:
            usual = subject.percent
            params = {
                "subject": subject.name,
                "low": f"{usual.low:g}",
                "high": f"{usual.high:g}",
                "asked": "" if question.number is None else f"{question.number:g}",
            }
            lines = [Line(key="percent_range", params=params, recommends=(subject_id,))]
            verdict = None
            if question.number is not None:
                place = "above" if question.number > usual.high else "below" if question.number < usual.low else "within"
                lines.insert(0, Line(key=f"percent_{place}", params=params))
                verdict = Verdict.CAREFUL if place == "above" else Verdict.YES
            fact = of_subject(knowledge, "percent", subject_id)
            if fact:
                lines = [*lines[:-1], line_of(knowledge, fact.say)]
            return Advice(verdict, tuple(lines), sources=tuple(fact.sources if fact else usual.sources))
    return stated(knowledge, "percent", question.subjects, question.forms, question.needs) or general(knowledge, "percent")


def need(knowledge: Knowledge, question: Question) -> Advice | None:
    """Can it be skipped: the statement, else that an ingredient is never a must."""
    found = stated(knowledge, "need", question.subjects, question.forms, question.needs)
    if found:
        return found
    for subject_id in question.subjects:
        if isinstance(knowledge.subject(subject_id), Ingredient):
            params = {"subject": name(knowledge, subject_id)}
            line = Line(key="need_ingredient", params=params, recommends=(subject_id,))
            what = of_subject(knowledge, "what_is", subject_id)
            extra = from_fact(knowledge, what).lines if what else ()
            return Advice(Verdict.NO, (line, *extra), sources=tuple(what.sources) if what else ())
    return general(knowledge, "need")


def side_effects(knowledge: Knowledge, question: Question) -> Advice | None:
    """Risks: the ingredient's own cautions, else the general statement."""
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        if isinstance(subject, Ingredient) and subject.cautions:
            lines = (
                Line(key="cautions_of", params={"subject": subject.name}, mentions=(subject_id,)),
                *(_sentence(line_of(knowledge, text)) for text in subject.cautions[:2]),
                Line(key="patch_test_first"),
            )
            return Advice(Verdict.CAREFUL, lines, sources=tuple(subject.sources[:2]))
    found = stated(knowledge, "side_effects", question.subjects, question.forms, question.needs)
    return found or _no_known_risk(knowledge, question) or general(knowledge, "side_effects")


def _no_known_risk(knowledge: Knowledge, question: Question) -> Advice | None:
    """Nothing is said against an ingredient: that, with what it is, rather than the risks of skincare in general."""
    for subject_id in question.subjects:
        subject = knowledge.subject(subject_id)
        if isinstance(subject, Ingredient):
            none = Line(key="no_known_risk", params={"subject": subject.name}, recommends=(subject_id,))
            lines = (none, line_of(knowledge, subject.what.say))
            return Advice(None, lines, sources=tuple(subject.what.sources))
    return None


def _sentence(line: Line) -> Line:
    text = line.text[:1].upper() + line.text[1:] + ("" if line.text.endswith((".", "!", "?")) else ".")
    return replace(line, text=text)


def not_working(knowledge: Knowledge, question: Question) -> Advice | None:
    """What to do where nothing is seen of it: the time that the subjects or concerns take, then what comes after that time."""
    after = general(knowledge, "not_working")
    takes = stated(knowledge, "results", question.subjects, question.forms, question.needs) or stated(knowledge, "results", question.needs)
    return joined([takes, after]) if takes and after else after
