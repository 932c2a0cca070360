"""`glasskin telegram ...`: the poller, and a look at whether the bot is set up right."""

from __future__ import annotations

import asyncio
from typing import Optional

import typer

from bot.cli.errors import stop
from bot.settings import Settings, settings

telegram_app = typer.Typer(help="Telegram: poll for updates, or check the set-up.", no_args_is_help=True)


@telegram_app.command()
def poll(
    server: Optional[str] = typer.Option(None, help="Address of the running assistant; the settings' by default."),
) -> None:
    """Bring updates from Telegram to the running assistant, without a public address.

    Start `glasskin serve` first, in another terminal, with the same TELEGRAM_TOKEN.
    """
    from bot.channels.telegram.api import BotApi
    from bot.channels.telegram.channel import own_address, secret
    from bot.channels.telegram.polling import Poller, PollingError

    chosen = _with_token()
    webhook = f"{(server or own_address(chosen)).rstrip('/')}/webhooks/telegram/webhook"
    poller = Poller(BotApi(chosen.telegram_token, chosen.telegram_api), webhook, secret(chosen), typer.echo)
    try:
        asyncio.run(poller.run())
    except PollingError as error:
        stop(str(error))
    except KeyboardInterrupt:
        typer.echo("Stopped.")


@telegram_app.command()
def check() -> None:
    """Say who the bot is, how updates reach it, and whether staff can answer in their group."""
    from bot.channels.telegram.checking import findings

    chosen = _with_token()
    found, bot_id = asyncio.run(findings(chosen))
    if bot_id is None:
        stop(found[0].told)
    for finding in found:
        typer.echo(finding.told)
    _check_group(chosen, bot_id)


def _check_group(chosen: Settings, bot_id: int) -> None:
    from bot.support.handoff import HandoffUnreachable
    from bot.support.places.chosen import telegram_group
    from bot.support.places.telegram.setting_up import looked_at

    group = telegram_group(chosen)
    if group is None:
        typer.echo("No staff answer on Telegram: TELEGRAM_STAFF_GROUP is not set (docs/person.md).")
        return
    try:
        found = looked_at(group, bot_id)
    except HandoffUnreachable as error:
        stop(f"{error}.")
    if not found.can_be_used:
        stop(found.told)
    typer.echo(found.told)


def _with_token() -> Settings:
    chosen = settings()
    if not chosen.telegram_token:
        stop("Set TELEGRAM_TOKEN to the token that @BotFather gives you (docs/telegram.md).")
    return chosen
