"""Something was used before the pregnancy was known, or while breastfeeding: what to do now, and how low the risk is."""

from __future__ import annotations

from bot.rules.advice import Advice, Line, Question, from_fact, joined, merge
from bot.rules.facts import general, of_subject, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.safety import pregnancy_status
from bot.rules.schema import Verdict

KIND = "pregnancy_used"
TABLETS, CREAM_OF_DOCTOR, RX_RETINOID = "isotretinoin_oral", "prescription_retinoid", "rx_retinoid"
# What to do now with what was used, by what is said of it in pregnancy.
WORDINGS = {"avoid": "used_stop", "ask_doctor": "used_leave", "ok": "used_fine"}


def used(knowledge: Knowledge, question: Question) -> Advice | None:
    """What to do with each of the subjects from now on, then what is known of the risk, each said once; the tablets of
    isotretinoin are no cream, and nobody is reassured about them."""
    tablets = topic(knowledge, KIND, [TABLETS])
    if tablets and TABLETS in (*question.safety, *question.profile.safety):
        return from_fact(knowledge, tablets)
    subjects = question.subjects
    if CREAM_OF_DOCTOR in question.safety and not any(one in knowledge.ingredients for one in subjects):
        subjects = (RX_RETINOID,)
    by_status: dict[str, list[str]] = {}
    sources: tuple[str, ...] = ()
    for one in subjects:
        if found := pregnancy_status(knowledge, one):
            by_status.setdefault(found[0], []).append(one)
            sources = merge(sources, found[1])
    left = [one for status in ("avoid", "ask_doctor") for one in by_status.get(status, [])]
    risks = [from_fact(knowledge, fact) for one in left if (fact := of_subject(knowledge, KIND, one))]
    said = joined(risks) if risks else None if by_status and not left else general(knowledge, KIND)
    lines = [_now(knowledge, status, by_status[status]) for status in WORDINGS if status in by_status]
    if said is None:
        return Advice(Verdict.YES, tuple(lines), sources=sources)
    worry = Line(key="used_worry")
    return Advice(Verdict.DOCTOR, (worry, *lines, *said.lines), more=said.more, sources=merge(said.sources, sources))


def _now(knowledge: Knowledge, status: str, ids: list[str]) -> Line:
    """What to do with these from now on."""
    fine, alone = status == "ok", status == "avoid" and len(ids) == 1
    return Line(
        key=f"{WORDINGS[status]}_one" if alone else WORDINGS[status],
        params={"subjects": several(knowledge, ids)},
        recommends=tuple(ids) if fine else (),
        mentions=() if fine else tuple(ids),
    )
