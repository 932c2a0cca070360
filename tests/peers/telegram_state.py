"""The state of a stand-in for Telegram: chats, messages, updates, and the Bot API's refusals."""

from __future__ import annotations

import json
import math
import re
import time
from dataclasses import dataclass, field
from typing import Any, Mapping

from tests.peers.telegram_html import ParseError, parse

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
BOT = {"id": 4242, "is_bot": True, "first_name": "Glasskin", "username": "glasskin_test_bot"}


class Refused(Exception):
    """The Bot API refuses a call."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


@dataclass
class Message:
    """What stands in a chat. `html` is the text as sent, `text` without markup."""

    message_id: int
    chat_id: int
    text: str
    html: str = ""
    entities: list[tuple[str, str, str]] = field(default_factory=list)
    buttons: list[list[dict[str, Any]]] = field(default_factory=list)
    kind: str = "text"
    content: bytes = b""
    reply_to: int | None = None
    thread: int | None = None
    edited: bool = False
    silent_preview: bool = False
    at: float = field(default_factory=time.monotonic)

    def labels(self) -> list[str]:
        """The buttons' labels, row by row."""
        return [button["text"] for row in self.buttons for button in row]


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class State:
    """Everything the bot has done, and what users do to it."""

    def __init__(self) -> None:
        self.chats: dict[int, list[Message]] = {}
        self.kinds: dict[int, str] = {}
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.typing: list[int] = []
        self.topics: dict[int, set[int]] = {}
        self.closed_topics: set[tuple[int, int]] = set()
        self.topic_names: dict[tuple[int, int], str] = {}
        self.topic_makers: dict[tuple[int, int], dict[str, Any]] = {}
        self.forums: set[int] = set()
        self.titles: dict[int, str] = {}
        self.usernames: dict[int, str] = {}
        self.members: dict[int, dict[int, str]] = {}
        self.no_topic_rights: set[int] = set()
        self.per_minute: dict[int, int] = {}
        self.minute_s = 60.0
        self.no_photos: set[int] = set()
        self.acknowledged: list[str] = []
        self.queries: dict[str, float] = {}
        self.commands: list[dict[str, str]] = []
        self.chat_commands: dict[int, list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {"url": ""}
        self.updates: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self._last_update = 100
        self._last_message = 0

    def next_update(self, **content: Any) -> dict[str, Any]:
        """A new update, queued for delivery."""
        self._last_update += 1
        update = {"update_id": self._last_update, **content}
        self.updates.append(update)
        return update

    def next_message_id(self) -> int:
        """A fresh message id."""
        self._last_message += 1
        return self._last_message

    def open_chat(self, chat_id: int, kind: str = "private") -> None:
        """Makes a chat that the bot may write to: a bot can't start one itself."""
        self.kinds.setdefault(chat_id, kind)
        self.chats.setdefault(chat_id, [])

    def deliverable(self, chat_id: Any) -> int:
        """The chat's id, or the refusal that writing to it meets."""
        try:
            number = int(chat_id)
        except (TypeError, ValueError):
            raise Refused(400, "Bad Request: chat_id is empty") from None
        if number in self.moved:
            raise Refused(
                400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": self.moved[number]}
            )
        if number in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if number not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        if self.members.get(number, {}).get(int(str(BOT["id"]))) in ("left", "kicked"):
            raise Refused(403, "Forbidden: bot is not a member of the supergroup chat")
        return number

    def add(self, params: Mapping[str, Any], text: str, longest: int, **more: Any) -> Message:
        """A message by the bot, after every check that the Bot API makes."""
        chat_id = self.deliverable(params.get("chat_id"))
        plain, entities = self.checked_text(text, params.get("parse_mode"), longest, more.get("kind", "text") == "text")
        thread = self.open_topic(chat_id, params.get("message_thread_id"))
        self.within_limit(chat_id)
        if more.get("kind") == "photo" and chat_id in self.no_photos:
            raise Refused(400, "Bad Request: not enough rights to send photos to the chat")
        message = Message(
            self.next_message_id(), chat_id, plain, text, entities, checked_buttons(params.get("reply_markup")), **more
        )
        message.thread = thread
        reply = _json(params.get("reply_parameters"))
        message.reply_to = reply.get("message_id") if isinstance(reply, dict) else None
        preview = _json(params.get("link_preview_options"))
        message.silent_preview = bool(preview and preview.get("is_disabled"))
        self.chats[chat_id].append(message)
        return message

    def within_limit(self, chat_id: int) -> None:
        """Refuses what comes too soon, where a chat takes so many messages a minute."""
        most, now = self.per_minute.get(chat_id), time.monotonic()
        lately = [one.at for one in self.chats[chat_id] if one.at > now - self.minute_s]
        if most is not None and len(lately) >= most:
            wait = max(1, math.ceil(lately[-most] + self.minute_s - now))
            raise Refused(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})

    def open_topic(self, chat_id: int, thread: Any) -> int | None:
        """The topic that a message goes to, None for the chat's general one, or the refusal that writing there meets."""
        if thread is None:
            return None
        number = int(thread)
        if number not in self.topics.get(chat_id, set()):
            raise Refused(400, "Bad Request: message thread not found")
        if (chat_id, number) in self.closed_topics:
            raise Refused(400, "Bad Request: TOPIC_CLOSED")
        return number

    @staticmethod
    def checked_text(text: str, mode: Any, longest: int, needed: bool) -> tuple[str, list[tuple[str, str, str]]]:
        """The plain text and its entities."""
        if mode not in (None, "HTML"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        try:
            plain, entities = parse(text) if mode else (text, [])
        except ParseError as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
        if needed and not plain.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(plain) > longest:
            raise Refused(400, "Bad Request: message is too long" if needed else "Bad Request: message caption is too long")
        return plain, entities

    def edit(self, params: Mapping[str, Any]) -> Message:
        """Rewrites one of the bot's messages."""
        chat_id = self.deliverable(params.get("chat_id"))
        wanted = str(params.get("message_id"))
        message = next((one for one in self.chats[chat_id] if str(one.message_id) == wanted), None)
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        text = str(params.get("text") or "")
        plain, entities = self.checked_text(text, params.get("parse_mode"), 4096, needed=True)
        buttons = checked_buttons(params.get("reply_markup"))
        if (plain, entities, buttons) == (message.text, message.entities, message.buttons):
            raise Refused(400, "Bad Request: message is not modified: specified new message content and reply markup are "
                               "exactly the same as a current content and reply markup of the message")
        message.text, message.html, message.entities, message.buttons, message.edited = plain, text, entities, buttons, True
        return message

    def acknowledge(self, query_id: str) -> None:
        """Ends a button's wait; too late after fifteen seconds, or for a press that never was."""
        if query_id not in self.queries or time.monotonic() - self.queries[query_id] > 15:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.acknowledged.append(query_id)

    def set_webhook(self, params: Mapping[str, Any]) -> None:
        """Where updates are delivered from now on."""
        url, secret = str(params.get("url") or ""), params.get("secret_token")
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not SECRET.fullmatch(str(secret)):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = {"url": url, "secret": secret, "allowed": _json(params.get("allowed_updates"))}

    def set_commands(self, params: Mapping[str, Any]) -> None:
        """The command menu."""
        commands = _json(params.get("commands"))
        for command in commands or []:
            if not COMMAND.fullmatch(command.get("command", "")):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        scope = _json(params.get("scope")) or {}
        if scope.get("type") == "chat":
            self.chat_commands[self.deliverable(scope.get("chat_id"))] = commands
        else:
            self.commands = commands


def checked_buttons(markup: Any) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard."""
    markup = _json(markup)
    if not markup:
        return []
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard")
    for button in [button for row in rows for button in row]:
        if not str(button.get("text") or "").strip():
            raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        size = len(str(button.get("callback_data") or "").encode())
        if not 1 <= size <= 64 and "url" not in button:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def _json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise Refused(400, "Bad Request: can't parse JSON object") from error
