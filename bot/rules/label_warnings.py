"""What a label must warn this person of: pregnancy, allergies, what they avoid, what clashes with their routine."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple, Sequence

from bot.rules.advice import Line, Profile, line_of, merge
from bot.rules.knowledge import Knowledge
from bot.rules.names import listed, name, several
from bot.rules.pairs import VERDICTS, divided, rule_for
from bot.rules.safety import cautions, is_strong, pregnancy_status
from bot.rules.schema import Verdict

MOST_CLASHES = 2
MOST_REACTED = 5
NO_WORD = re.compile(r"[(),/.*]")
STRICTEST = (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL)


class Warning(NamedTuple):
    """One thing to be careful about: how strict, in what words, by whose word."""

    verdict: Verdict
    line: Line
    sources: tuple[str, ...] = ()


def warnings(knowledge: Knowledge, ids: Sequence[str], profile: Profile, listed_names: Sequence[str] = ()) -> list[Warning]:
    """Warnings about the ingredients of a label for this person, strictest first.

    Args:
        ids: ingredients, in label order.
        listed_names: every name on the label, also those that are no ingredient of the knowledge.
    """
    found = [*_in_pregnancy(knowledge, ids)] if profile.pregnant else []
    found.extend(_reacted_to(knowledge, listed_names, profile))
    flag = knowledge.safety[profile.red_flag] if profile.red_flag else None
    if flag and flag.after:
        found.append(Warning(Verdict.DOCTOR, line_of(knowledge, flag.after), tuple(flag.sources)))
    for one in ids:
        if one in profile.avoids or knowledge.ingredients[one].family in profile.avoids:
            line = Line(key="label_avoided", params={"subject": name(knowledge, one)}, mentions=(one,))
            found.append(Warning(Verdict.NO, line))
    # Pregnancy is worded above, for the label as a whole.
    lines, sources = cautions(knowledge, ids, replace(profile, pregnant=False))
    told: list[Line] = [warning.line for warning in found]
    start = len(told)
    for line in lines:
        if line not in told:
            told.append(line)
    found.extend(Warning(Verdict.DOCTOR, line, sources) for line in told[start:])
    found.extend(_clashes(knowledge, ids, profile))
    return sorted(found, key=lambda warning: STRICTEST.index(warning.verdict))


def status_to_tell(knowledge: Knowledge, ingredient_id: str) -> tuple[str, tuple[str, ...]]:
    """The pregnancy status where it deserves a word on a label, else "ok": "ask a doctor" only for strong actives and
    where a named source says so, not for what nothing is known of."""
    status, sources = pregnancy_status(knowledge, ingredient_id) or ("ok", ())
    named = any(knowledge.sources[key].kind != "unsourced" for key in sources)
    return (status, sources) if status == "avoid" or named or is_strong(knowledge, ingredient_id) else ("ok", ())


def _in_pregnancy(knowledge: Knowledge, ids: Sequence[str]) -> list[Warning]:
    found = []
    for status, verdict in (("avoid", Verdict.NO), ("ask_doctor", Verdict.DOCTOR)):
        named = [(one, keys) for one in ids for state, keys in [status_to_tell(knowledge, one)] if state == status]
        if named:
            told = tuple(one for one, _ in named)
            line = Line(key=f"label_pregnancy_{status}", params={"names": several(knowledge, told)}, mentions=told)
            found.append(Warning(verdict, line, merge(*(keys for _, keys in named))))
    return found


def _reacted_to(knowledge: Knowledge, names: Sequence[str], profile: Profile) -> list[Warning]:
    """The names on the label that belong to an allergy of the person's, then what is said of that allergy."""
    warned: list[Warning] = []
    for one in profile.safety:
        entry = knowledge.safety[one]
        found = [each for each in names if any(f" {trigger} " in f" {_words(each)} " for trigger in entry.triggers)]
        if found:
            line = Line(key="held_reacted", params={"names": listed(found[:MOST_REACTED])})
            warned += [Warning(Verdict.NO, line), Warning(Verdict.NO, line_of(knowledge, entry.say), tuple(entry.sources))]
    return warned


def _words(listed_name: str) -> str:
    """A name of a label as its words, in lower case."""
    return " ".join(NO_WORD.sub(" ", listed_name.lower()).split())


def _clashes(knowledge: Knowledge, ids: Sequence[str], profile: Profile) -> list[Warning]:
    """Rules that keep something on the label apart from something of the person's routine, one for each reason."""
    found: dict[str, Warning] = {}
    for one in ids:
        for other in profile.in_use:
            pair = rule_for(knowledge, one, other) if one != other else None
            if pair is not None and VERDICTS[pair.verdict] is not Verdict.YES:
                params = {"a": name(knowledge, one), "b": name(knowledge, other)}
                line = divided(f"label_clash_{pair.verdict}", params, (one, other), pair)
                found.setdefault(pair.reason, Warning(VERDICTS[pair.verdict], line, tuple(pair.sources)))
    return sorted(found.values(), key=lambda warning: STRICTEST.index(warning.verdict))[:MOST_CLASHES]
