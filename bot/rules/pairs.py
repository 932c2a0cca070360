"""May two subjects meet? Ingredient rules beat family rules; among the rest the strictest wins.

A pair without a rule is fine where one of the two is gentle by its family, else unknown and said to be so.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Iterable, Mapping, Sequence

from bot.rules.advice import Advice, Line, Profile, from_fact, joined, line_of, merge
from bot.rules.facts import of_subject, topic
from bot.rules.kinship import circles
from bot.rules.knowledge import Knowledge
from bot.rules.layering import sequence, step_of
from bot.rules.names import name, several
from bot.rules.schema import Family, Ingredient, Pair, Verdict

STRICTEST_FIRST = ("avoid", "refer", "alternate_nights", "separate_am_pm", "fine", "helpful")
VERDICTS = {
    "avoid": Verdict.NO,
    "refer": Verdict.DOCTOR,
    "alternate_nights": Verdict.CAREFUL,
    "separate_am_pm": Verdict.CAREFUL,
    "fine": Verdict.YES,
    "helpful": Verdict.YES,
}
FORBIDDEN = frozenset({"avoid", "refer"})
"""Verdicts that keep two things from one routine; the others let both be used."""
MOST_PARTNERS = 4
MOST_PAIRS = 3
HOLDS = frozenset({"serum", "ampoule"})
"""Kinds of product that only say in what the actives beside them come."""
GENTLE = "gentle_with_anything"
APART = "partners_avoid"


def rule_for(knowledge: Knowledge, a: str, b: str) -> Pair | None:
    """The rule for two subjects, or None when none is known. The order of the two means nothing."""
    circles_a, circles_b = circles(knowledge, a), circles(knowledge, b)
    for depth in range(3):
        found = [
            pair
            for depth_a in range(2)
            for depth_b in range(2)
            if depth_a + depth_b == depth
            for one in circles_a[depth_a]
            for other in circles_b[depth_b]
            if (pair := knowledge.pair_index.get(frozenset((one, other)))) and (one != other or a != b)
        ]
        if found:
            return min(found, key=lambda pair: STRICTEST_FIRST.index(pair.verdict))
    return None


def together(knowledge: Knowledge, subjects: Sequence[str], profile: Profile) -> Advice | None:
    """May these be used together: every pair of them, worst first. One subject: its good and bad partners."""
    subjects = list(dict.fromkeys(subjects))
    if len(subjects) == 1 and (said := topic(knowledge, "together", subjects)):
        return from_fact(knowledge, said)
    if len(subjects) == 1 and subjects[0] in knowledge.product_types:
        return from_fact(knowledge, fact) if (fact := topic(knowledge, "how_many_at_once", [])) else None
    if len(subjects) == 1:
        return partners(knowledge, subjects[0])
    if not subjects:
        return None
    fact = topic(knowledge, "together", subjects)
    if fact:
        return from_fact(knowledge, fact)
    contents = [one for one in subjects if one not in HOLDS]
    subjects = contents if len(contents) > 1 else subjects
    answers = [pair_advice(knowledge, a, b, profile) for a, b in combinations(subjects, 2)]
    ranking = (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL, Verdict.UNKNOWN, Verdict.YES)
    slowly = _slowly(knowledge, subjects)
    careful = any(line.text for one in answers for line in one.cautions)  # what sensitive skin minds says so itself
    if slowly and not careful and all(one.verdict is Verdict.YES for one in answers):
        answers[0] = replace(answers[0], cautions=(slowly, *answers[0].cautions))
    answers.sort(key=lambda advice: ranking.index(advice.verdict or Verdict.UNKNOWN))
    return joined(answers[:MOST_PAIRS], verdict=answers[0].verdict)


def _slowly(knowledge: Knowledge, subjects: Sequence[str]) -> Line | None:
    """How to begin with what peels or renews, beside whatever else it goes with."""
    peeling = [one for one in subjects if (family := family_of(knowledge, one)) is not None and family.active and family.may_purge]
    return Line(key="strong_slowly", params={"subject": several(knowledge, peeling)}) if peeling else None


def pair_advice(knowledge: Knowledge, a: str, b: str, profile: Profile) -> Advice:
    """What is known of two subjects together: the rule's verdict and reason, or that no rule is known."""
    params = {"a": name(knowledge, a), "b": name(knowledge, b)}
    pair = rule_for(knowledge, a, b)
    if pair is None:
        return _unruled(knowledge, a, b, params)
    reason = line_of(knowledge, pair.reason)
    lines = [divided(f"pair_{pair.verdict}", params, (a, b), pair), reason]
    cautions = []
    if "sensitive" in profile.skin_types and pair.sensitive:
        cautions.append(line_of(knowledge, pair.sensitive))
    if pair.confidence == "low":
        cautions.append(Line(key="weak_evidence"))
    sources = tuple(pair.sources)
    return Advice(VERDICTS[pair.verdict], tuple(lines), cautions=tuple(cautions), sources=sources, why=(reason,))


def divided(key: str, params: Mapping[str, str], both: tuple[str, str], pair: Pair) -> Line:
    """A wording about the two subjects of a pair: both are mentioned where it forbids them, else recommended."""
    if pair.verdict in FORBIDDEN:
        return Line(key=key, params=params, mentions=both)
    return Line(key=key, params=params, recommends=both)


def different_times(knowledge: Knowledge, subjects: Sequence[str], profile: Profile, nights: bool = False) -> Advice | None:
    """May one be used in the morning and the other at night: yes where the rule asks for no more than that, with the
    usual times of both; the rule itself where it does, or where none is known. With `nights` each has nights of its own, and
    which of them is nobody's matter. None for fewer than two subjects."""
    a, b, *_ = (*dict.fromkeys(subjects), "", "")
    if not a or not b:
        return None
    pair = rule_for(knowledge, a, b)
    params = {"a": name(knowledge, a), "b": name(knowledge, b)}
    usual = [fact for one in (a, b) if (fact := of_subject(knowledge, "time_of_day", one))]
    if pair is None or pair.verdict in FORBIDDEN:
        return pair_advice(knowledge, a, b, profile)
    if nights:
        own = (Line(key="nights_apart", params=params, recommends=(a, b)), line_of(knowledge, pair.reason))
        return Advice(Verdict.YES, own, sources=tuple(pair.sources))
    if pair.verdict == "alternate_nights":
        both = (Line(key="times_not_enough", params=params, recommends=(a, b)), line_of(knowledge, pair.reason))
        return Advice(Verdict.CAREFUL, both, sources=tuple(pair.sources))
    apart = Line(key="times_apart", params=params, recommends=(a, b))
    lines = (apart, *(line_of(knowledge, fact.say) for fact in usual))
    return Advice(Verdict.YES, lines, sources=merge(pair.sources, *(fact.sources[:1] for fact in usual)))


def _unruled(knowledge: Knowledge, a: str, b: str, params: dict[str, str]) -> Advice:
    """No rule speaks of the two: two steps of a routine are put in order, anything else is unknown."""
    if a in knowledge.product_types and b in knowledge.product_types:
        first, second = sequence(knowledge, [a, b])
        sources = (*knowledge.product_types[a].sources[:1], *knowledge.product_types[b].sources[:1])
        if step_of(knowledge, a) == step_of(knowledge, b):
            return Advice(Verdict.YES, (Line(key="steps_same", params=params, recommends=(a, b)),), sources=sources)
        steps = {"a": name(knowledge, first), "b": name(knowledge, second)}
        line = Line(key="steps_together", params=steps, recommends=(first, second))
        return Advice(Verdict.YES, (line,), sources=sources)
    if (is_gentle(knowledge, a) or is_gentle(knowledge, b)) and not (is_irritant(knowledge, a) or is_irritant(knowledge, b)):
        rule = knowledge.guidelines[GENTLE]
        lines = (Line(key="pair_fine", params=params, recommends=(a, b)), line_of(knowledge, rule.say))
        return Advice(Verdict.YES, lines, sources=tuple(rule.sources), why=lines[1:])
    return Advice(Verdict.UNKNOWN, (Line(key="pair_unknown", params=params, recommends=(a, b)),))


def is_gentle(knowledge: Knowledge, subject_id: str) -> bool:
    """True for an ingredient or family that goes with everything that no rule keeps it apart from."""
    family = family_of(knowledge, subject_id)
    return family is not None and family.gentle


def is_irritant(knowledge: Knowledge, subject_id: str) -> bool:
    """True for what is pointed out on labels because it often irritates."""
    family = family_of(knowledge, subject_id)
    return family is not None and family.irritant


def family_of(knowledge: Knowledge, subject_id: str) -> Family | None:
    """The family of an ingredient, or the one with this id; None for anything else."""
    subject = knowledge.subject(subject_id)
    return knowledge.families.get(subject.family if isinstance(subject, Ingredient) else subject_id)


def partners(knowledge: Knowledge, subject_id: str) -> Advice | None:
    """What goes with a subject and what does not, from the rules about it and its family."""
    grouped = _grouped_partners(knowledge, subject_id)
    if not any(grouped.values()):
        return None
    lines: list[Line] = []
    sources: list[str] = []
    for verdicts, key in (
        (("helpful", "fine"), "partners_good"),
        (("separate_am_pm",), "partners_separate"),
        (("alternate_nights",), "partners_alternate"),
        (("avoid", "refer"), APART),
    ):
        pairs = [item for verdict in verdicts for item in grouped[verdict]][:MOST_PARTNERS]
        if pairs:
            lines.append(_beside(knowledge, key, subject_id, [other for other, _ in pairs]))
            sources.extend(source for _, pair in pairs for source in pair.sources[:1])
    verdict = Verdict.YES if grouped["helpful"] or grouped["fine"] else Verdict.CAREFUL
    return Advice(verdict, tuple(lines), sources=tuple(dict.fromkeys(sources))[:3])


def _beside(knowledge: Knowledge, key: str, subject_id: str, partners: Sequence[str]) -> Line:
    """A subject and its partners; all of them recommended unless they are to be kept apart altogether."""
    params = {"subject": name(knowledge, subject_id), "partners": several(knowledge, partners)}
    ids = (subject_id, *partners)
    return Line(key=key, params=params, mentions=ids) if key == APART else Line(key=key, params=params, recommends=ids)


def clashes(knowledge: Knowledge, subject_id: str) -> Advice | None:
    """What a subject should be kept apart from, strictest first; None when no rule says so."""
    grouped = _grouped_partners(knowledge, subject_id)
    lines: list[Line] = []
    sources: list[str] = []
    for verdict, key in (
        ("avoid", APART),
        ("refer", APART),
        ("alternate_nights", "partners_alternate"),
        ("separate_am_pm", "partners_separate"),
    ):
        if grouped[verdict]:
            lines.append(_beside(knowledge, key, subject_id, [other for other, _ in grouped[verdict][:MOST_PARTNERS]]))
            sources.extend(source for _, pair in grouped[verdict] for source in pair.sources[:1])
    if not lines:
        return None
    return Advice(Verdict.CAREFUL, tuple(lines), sources=tuple(dict.fromkeys(sources))[:3])


def _grouped_partners(knowledge: Knowledge, subject_id: str) -> dict[str, list[tuple[str, Pair]]]:
    """Rules that speak of the subject, by verdict, each with the other side; talked-of partners only."""
    mine: Iterable[str] = [one for circle in circles(knowledge, subject_id) for one in circle]
    grouped: dict[str, list[tuple[str, Pair]]] = {verdict: [] for verdict in STRICTEST_FIRST}
    for pair in knowledge.pairs.values():
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if one in mine and other not in mine and knowledge.subject(other) is not None:
                grouped[pair.verdict].append((other, pair))
                break
    return grouped
