"""The staff's group: what comes from it is the staff's, and never a customer's."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Mapping

from bot.channels.telegram.api import BotApi, TelegramError
from bot.channels.telegram.group_updates import act_of, chat_of
from bot.phrases import phrases
from bot.support.places.telegram.hearing import COMMANDS, Hearing

logger = logging.getLogger(__name__)


class StaffGroup:
    """Hands what members do in topics to who takes it."""

    def __init__(self, hearing: Hearing, api: BotApi) -> None:
        self._hearing, self._api = hearing, api
        self.group = hearing.group

    def has(self, update: Any) -> bool:
        """Whether an update comes from the group."""
        return chat_of(update) == self.group

    async def hear(self, update: Any, me: Mapping[str, Any]) -> None:
        """Takes an update of the group; `me` is what `getMe` says.

        Raises:
            StoreError, HandoffUnreachable: it has to wait.
        """
        act = act_of(update, str(me.get("username") or ""), me.get("id"))
        if act is not None:
            await asyncio.to_thread(self._hearing.hear, act)

    async def set_menu(self) -> None:
        """Sets the commands that are offered in the group; without that they work all the same."""
        commands = [{"command": name, "description": phrases().say(f"topic_menu_{name}")} for name in COMMANDS]
        try:
            await self._api.call("setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": self.group}})
        except TelegramError as error:
            logger.error("Telegram: the staff's group %s cannot be used, `glasskin telegram check` says why: %s", self.group, error)
