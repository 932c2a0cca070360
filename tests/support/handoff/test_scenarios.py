"""Every scenario at the embedded desk, as it is and with a process that dies after every step: nothing lost, nothing doubled, and nothing
said by the assistant while a person has the talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.handoff.scenarios import SCENARIOS, Scenario
from tests.support.handoff.stage import AtDesk, Stage


def test_there_are_forty_of_which_twelve_are_for_every_place() -> None:
    assert len({one.name for one in SCENARIOS}) == len(SCENARIOS) == 40 and sum(one.everywhere for one in SCENARIOS) == 12


@pytest.mark.parametrize("dies", [False, True], ids=["lives", "dies"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_at_the_desk(scenario: Scenario, dies: bool, tmp_path: Path) -> None:
    Stage(tmp_path, AtDesk(), dies).play(scenario)
