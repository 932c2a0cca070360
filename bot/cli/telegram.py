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
    from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable

    chosen = _with_token()

    async def asked() -> tuple[dict[str, object], dict[str, object]]:
        api = BotApi(chosen.telegram_token, chosen.telegram_api, tries=2)
        try:
            return await api.call("getMe"), await api.call("getWebhookInfo")
        finally:
            await api.close()

    try:
        me, webhook = asyncio.run(asked())
    except TelegramError as error:
        stop(f"Telegram refuses the token ({error.code}). Look at TELEGRAM_TOKEN.")
    except TelegramUnreachable as error:
        stop(f"Telegram is out of reach: {error}")
    typer.echo(f"@{me.get('username')} (id {me.get('id')})")
    address = webhook.get("url")
    if address:
        typer.echo(f"Updates come to {address}; {webhook.get('pending_update_count')} are waiting.")
        if webhook.get("last_error_message"):
            typer.echo(f"Last error: {webhook['last_error_message']}")
    else:
        typer.echo("No webhook is set: updates come while `glasskin telegram poll` runs.")
    _check_group(chosen, int(str(me.get("id"))))


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
