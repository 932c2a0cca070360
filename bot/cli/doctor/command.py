"""The command itself: runs every check and prints a line for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from bot.cli.doctor import content, machine, network, storage
from bot.cli.errors import FAILED, sentence
from bot.finding import Check, Finding, State, mend
from bot.settings import Settings, settings

CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.packages,
    machine.disk,
    machine.memory,
    machine.open_files,
    machine.clock,
    machine.user,
    content.settings_file,
    storage.folders,
    storage.owners,
    storage.modes,
    storage.shop_database,
    storage.conversations,
    storage.one_machine,
    content.encoder,
    content.training_data,
    content.model,
    content.knowledge,
    content.policies,
    content.products,
    content.sync,
    network.port,
    network.origins,
    network.proxies,
    network.session_secret,
    network.telegram,
    network.action_server,
)


def doctor(
    all_: Annotated[bool, typer.Option("--all", help="Also say what is as it should be.")] = False,
) -> None:
    """Find what is wrong with this set-up and say what to do. Ends with an error when something must be mended."""
    found = list(examine(settings()))
    for finding in found:
        if all_ or finding.state is not State.GOOD:
            typer.echo(f"{finding.state.value:5} {finding.told}")
    counts = {state: sum(finding.state is state for finding in found) for state in State}
    typer.echo(f"{counts[State.MEND]} to mend, {counts[State.LOOK]} to look at, {counts[State.GOOD]} as they should be.")
    if counts[State.MEND]:
        raise typer.Exit(FAILED)


def examine(chosen: Settings) -> Iterator[Finding]:
    """Runs every check; one that cannot be made for a reason that people can mend is a finding too."""
    for check in CHECKS:
        try:
            yield from check(chosen)
        except Exception as error:
            told = sentence(error)
            if told is None:
                raise
            yield mend(told)
