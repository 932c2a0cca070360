"""Whether Telegram takes the token, who the bot is, and how updates reach it."""

from __future__ import annotations

from typing import Optional

from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable
from bot.finding import Finding, good, look, mend
from bot.settings import Settings

TRIES = 2


async def findings(chosen: Settings) -> tuple[list[Finding], Optional[int]]:
    """What Telegram says of the token of the settings, and the bot's number; None where it says nothing."""
    api = BotApi(chosen.telegram_token, chosen.telegram_api, tries=TRIES)
    try:
        me, webhook = await api.call("getMe"), await api.call("getWebhookInfo")
    except TelegramError as error:
        return [mend(f"Telegram refuses the token ({error.code}). Look at TELEGRAM_TOKEN.")], None
    except TelegramUnreachable as error:
        return [mend(f"Telegram is out of reach: {error}")], None
    finally:
        await api.close()
    found = [good(f"@{me.get('username')} (id {me.get('id')})")]
    address = webhook.get("url")
    if not address:
        found.append(look("No webhook is set: updates come while `glasskin telegram poll` runs."))
        return found, int(str(me.get("id")))
    found.append(good(f"Updates come to {address}; {webhook.get('pending_update_count')} are waiting."))
    if webhook.get("last_error_message"):
        found.append(look(f"Last error: {webhook['last_error_message']}"))
    return found, int(str(me.get("id")))
