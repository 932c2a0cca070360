"""`glasskin chatwoot check`: whether staff can answer in Chatwoot."""

from __future__ import annotations

import typer

from bot.cli.errors import stop
from bot.settings import settings

chatwoot = typer.Typer(help="Chatwoot as the place where staff answer.", no_args_is_help=True, rich_markup_mode=None)


@chatwoot.callback()
def group() -> None:
    """Chatwoot as the place where staff answer."""


@chatwoot.command()
def check() -> None:
    """Say in one line whether staff can answer in Chatwoot, or what is missing; makes a small conversation there."""
    from bot.support.handoff import HandoffUnreachable
    from bot.support.places.chatwoot.api import Chatwoot
    from bot.support.places.chatwoot.setting_up import looked_at
    from bot.support.places.chosen import chatwoot_inbox

    inbox = chatwoot_inbox(settings())
    if inbox is None:
        stop("No staff answer in Chatwoot: set CHATWOOT_URL, CHATWOOT_TOKEN and CHATWOOT_SECRET in .env (docs/person.md).")
    try:
        found = looked_at(Chatwoot(inbox))
    except HandoffUnreachable as error:
        stop(f"{inbox.base} is out of reach: {error}.")
    if not found.can_be_used:
        stop(found.told)
    typer.echo(found.told)
