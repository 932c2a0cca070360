"""The staff's group as the Bot API gives it. Calls never wait: whoever calls may hold a claim that ends meanwhile."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import requests

from bot.support.handoff import HandoffUnreachable

TIMEOUT_S = 10.0
TOO_MANY, FORBIDDEN, BAD = 429, 403, 400
NO_TOPIC = ("message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID", "topic not found")
NO_RIGHTS = ("rights", "FORBIDDEN", "ADMIN_REQUIRED", "not a forum", "deactivated", "RESTRICTED", "PEER_ID_INVALID")
NO_CHAT = ("chat not found", "upgraded to a supergroup")


class GroupError(Exception):
    """Telegram refuses a call for good.

    Attributes:
        code: Telegram's `error_code`.
        description: Telegram's words.
        moved_to: the group's number where it has another one now; 0 where it has not.
    """

    def __init__(self, method: str, code: int, description: str, moved_to: int = 0) -> None:
        super().__init__(f"{method}: {code} {description}")
        self.code, self.description, self.moved_to = code, description, moved_to

    @property
    def no_topic(self) -> bool:
        """Whether the topic was deleted."""
        return any(sign in self.description for sign in NO_TOPIC)

    @property
    def is_closed(self) -> bool:
        """Whether the topic is closed."""
        return "TOPIC_CLOSED" in self.description

    @property
    def changed_nothing(self) -> bool:
        """Whether it was so before."""
        return "NOT_MODIFIED" in self.description

    @property
    def no_group(self) -> bool:
        """Whether the bot is not in the group."""
        return self.code == FORBIDDEN or any(sign in self.description for sign in NO_CHAT)

    @property
    def of_message(self) -> bool:
        """Whether it seems to be about what was sent alone, as group, topic and rights are in order."""
        about_group = self.no_topic or self.is_closed or self.no_group or any(sign in self.description for sign in NO_RIGHTS)
        return self.code == BAD and not about_group


class GroupApi:
    """Calls methods of the Bot API for one group. Threads may share it."""

    def __init__(self, token: str, base: str, group: int) -> None:
        """
        Args:
            token: the bot's.
            base: address of the Bot API.
            group: the group's number.
        """
        self.group = group
        self._address = f"{base.rstrip('/')}/bot{token}"
        self._not_before = 0.0

    def call(self, method: str, photo: bytes = b"", **params: object) -> Any:
        """Calls a method for the group and gives its `result`.

        Args:
            method: its name.
            photo: a JPEG that is sent along.
            params: its parameters; what is no text is sent as JSON, None is left out.

        Raises:
            GroupError: Telegram refuses it.
            HandoffUnreachable: no answer came, or Telegram asks to wait; nothing is asked before that time is over.
        """
        wait = self._not_before - monotonic()
        if wait > 0:
            raise HandoffUnreachable(f"Telegram asks to wait {wait:.0f} s more", wait)
        given = {"chat_id": self.group, **params}
        data = {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in given.items() if value is not None}
        files = {"photo": ("picture.jpg", photo, "image/jpeg")} if photo else None
        try:
            answer = requests.post(f"{self._address}/{method}", data=data, files=files, timeout=TIMEOUT_S)
            told = answer.json()
        except (requests.RequestException, ValueError) as error:  # its text and its chain would tell the token
            raise HandoffUnreachable(f"Telegram gives no answer: {type(error).__name__}") from None
        told = told if isinstance(told, dict) else {}
        if told.get("ok"):
            return told.get("result")
        return self._refused(method, int(told.get("error_code") or answer.status_code), told)

    def _refused(self, method: str, code: int, told: dict[str, Any]) -> Any:
        description, more = str(told.get("description") or "no description"), told.get("parameters") or {}
        if code == TOO_MANY:
            wait = float(more.get("retry_after") or 1)
            self._not_before = monotonic() + wait
            raise HandoffUnreachable(f"Telegram asks to wait {wait:.0f} s", wait)
        if code >= 500:
            raise HandoffUnreachable(f"Telegram answers with {code}")
        raise GroupError(method, code, description, int(more.get("migrate_to_chat_id") or 0))
