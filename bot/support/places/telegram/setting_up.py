"""Whether a group can be the place where staff answer, and what is missing for it, in one line."""

from __future__ import annotations

from typing import Any, Mapping

from bot.support.places.telegram.api import GroupApi, GroupError
from bot.support.places.telling import Found

SETTING = "TELEGRAM_STAFF_GROUP"


def looked_at(api: GroupApi, bot_id: int) -> Found:
    """Looks whether the bot is in the group, the group has topics, and the bot may make them.

    Args:
        api: the group's.
        bot_id: the bot's own number.

    Raises:
        HandoffUnreachable: Telegram gives no answer.
    """
    try:
        chat: Mapping[str, Any] = api.call("getChat")
        bot: Mapping[str, Any] = api.call("getChatMember", user_id=bot_id)
    except GroupError as error:
        if error.moved_to:
            return Found(False, f"The group became a supergroup and has another number: set {SETTING}={error.moved_to} in .env.")
        if error.no_group:
            return Found(False, f"The bot is not in the group {SETTING}={api.group}: add it there, as an administrator with the right Manage Topics.")
        return Found(False, f"Telegram says of the group {SETTING}={api.group}: {error.description}.")
    name = str(chat.get("title") or api.group)
    if bot.get("status") in ("left", "kicked"):
        return Found(False, f"The bot is not in the group “{name}”: add it there, as an administrator with the right Manage Topics.")
    if not chat.get("is_forum"):
        return Found(False, f"The group “{name}” has no topics: switch Topics on in the group's settings.")
    if bot.get("status") != "administrator" or not bot.get("can_manage_topics"):
        return Found(False, f"The bot may not make topics in “{name}”: make it an administrator with the right Manage Topics.")
    if chat.get("username"):
        return Found(True, f"Staff answer in “{name}”, which is public: whoever finds it reads your customers. Make it private.")
    return Found(True, f"Staff answer in “{name}”, in a topic for each conversation.")
