"""`glasskin shop connect check`: whether the shop's engine lets the assistant do what it should, a line for each thing that is missing."""

from __future__ import annotations

import typer

from bot.cli.store import shop_database
from bot.finding import State
from bot.settings import settings
from bot.shops.checks import findings
from bot.shops.chosen import Engine

connect = typer.Typer(help="The shop's engine that orders are looked up in: check.", no_args_is_help=True, rich_markup_mode=None)


@connect.callback()
def _several() -> None:
    """Keeps `check` a command of its own."""


@connect.command("check")
def check() -> None:
    """Look whether the shop that ENGINE_URL names can be reached, takes the key, and lets it do what is needed. Changes nothing."""
    engine = Engine.of(settings())
    with shop_database() as database:
        found = list(findings(engine, database))
    for finding in found:
        typer.echo(f"{finding.state.value}: {finding.told}")
    if any(one.state is State.MEND for one in found):
        raise typer.Exit(1)
