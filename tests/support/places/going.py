"""Rounds to a place in scenarios."""

from __future__ import annotations

from contextlib import suppress

from bot.support.handoff import HandoffUnreachable
from bot.support.places.kept import LEASE
from bot.support.places.rounds import Rounds
from tests.support.handoff.stage import Stage


def go_round(stage: Stage, rounds: Rounds) -> None:
    """A round, where the place can be reached; a process that died is waited for as long as its lease lasts."""
    with suppress(HandoffUnreachable):
        if not rounds.once():
            stage.now += LEASE
            assert rounds.once()
