"""Why an answer is as it is, as far as the knowledge says, and what it does not promise."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.rules.advice import Advice, Line
from bot.rules.schema import Verdict

MOST_REASONS = 2
GIVES_A_REASON = re.compile(
    r"\b(?:because|since (?:it|they|skin)|so that|otherwise|as (?:it|they|the|skin|many|most|both|there)|too much|can (?:irritate|"
    r"sting|burn|cause|make|leave)|may (?:irritate|sting|cause|make)|makes? skin|both )",
    re.I,
)


def reasons(advice: Advice) -> tuple[Line, ...]:
    """What speaks for the advice: the reason that its statement gives, else a sentence of it that holds one, else what
    more there is to say; empty where the knowledge gives none."""
    if advice.why:
        return advice.why[:MOST_REASONS]
    said = [line for line in (*advice.lines, *advice.cautions, *advice.more) if GIVES_A_REASON.search(line.text)]
    return tuple(said[:MOST_REASONS]) or advice.more[:1]


def promising_nothing(advice: Advice) -> Advice:
    """The answer to "does it cure ...?": that no cosmetic does, then what is known, without a yes."""
    if advice.verdict in (Verdict.DOCTOR, Verdict.NO):
        return advice
    return replace(advice, verdict=None, lines=(Line(key="no_cure"), *advice.lines))


def promising_no_date(advice: Advice) -> Advice:
    """The answer to "does it work overnight?": that nothing does, then what is known, without a yes."""
    return _promising_less(advice, "no_quick_fix")


def promising_no_lasting_change(advice: Advice) -> Advice:
    """The answer to "does it go for good?": that nothing does, then what is known, without a yes."""
    return _promising_less(advice, "no_lasting_change")


def _promising_less(advice: Advice, key: str) -> Advice:
    if advice.verdict in (Verdict.DOCTOR, Verdict.NO):
        return advice
    lines = tuple(line for line in advice.lines if line.key != "helps_with")
    return replace(advice, verdict=None, lines=(Line(key=key), *lines))
