"""What a Chatwoot holds that the tests stand in for: one account with one API inbox, its conversations, and what happens in them, told by
signed posts to the bot, as versions 4.13 to 4.18 do it."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

Json = dict[str, Any]
ACCOUNT, INBOX, IDENTIFIER = 1, 3, "inboxIdentifier"
BOT, SECRET = {"id": 1, "name": "Glasskin", "avatar_url": "", "type": "agent_bot"}, "a bot's secret of Chatwoot"
TYPES = ("incoming", "outgoing", "activity", "template")
INCOMING, OUTGOING, ACTIVITY, TEMPLATE = range(4)
STATUSES = ("open", "resolved", "pending", "snoozed")
LATEST = 20


@dataclass(frozen=True)
class Posted:
    """Something that Chatwoot posts to the bot: the bytes with their headers."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def told(self) -> Json:
        """What it says."""
        told: Json = json.loads(self.body)
        return told


class State:
    """Conversations, and what happens in them. Threads may share it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.contacts: dict[str, Json] = {}
        self.conversations: dict[int, Json] = {}
        self.messages: list[Json] = []
        self.posted: list[Posted] = []
        self.has_bot = True
        self.clock = time.time
        self._numbers, self._ids = count(1), count(101)

    # What the customer and the bot do

    def contact(self, source: str, name: str) -> Json:
        """The customer of an id, made where there is none."""
        there = self.contacts.setdefault(source, {"id": len(self.contacts) + 1, "name": name, "email": None, "identifier": None, "phone_number": None})
        return {"source_id": source, "pubsub_token": "peer", **there}

    def begin(self, source: str) -> Json:
        """A new conversation: the bot's to answer where there is one."""
        number = next(self._numbers)
        status = "pending" if self.has_bot else "open"
        self.conversations[number] = {"id": number, "uuid": str(uuid4()), "status": status, "source": source, "assignee": None}
        self._tell("conversation_created", self.nested(number))
        return self.conversations[number]

    def write(
        self, number: int, content: str | None, kind: int, sender: Json | None, private: bool = False, files: int = 0,
        attributes: Json | None = None, content_type: str = "text",
    ) -> Json:
        """A message in a conversation, which a customer's opens again where it was over."""
        conversation = self.conversations[number]
        made: Json = {
            "id": next(self._ids), "content": content, "message_type": kind, "content_type": content_type, "content_attributes": dict(attributes or {}),
            "private": private, "created_at": int(self.clock()), "conversation_id": number, "inbox_id": INBOX, "account_id": ACCOUNT, "sender": sender,
            "status": "sent", "source_id": None,
        }
        if files:
            made["attachments"] = [_attachment(made["id"], place) for place in range(files)]
        self.messages.append(made)
        if kind == INCOMING and conversation["status"] == "resolved":
            self.set_status(number, "pending" if self.has_bot else "open")
        elif kind == INCOMING and conversation["status"] == "snoozed":
            self.set_status(number, "open")
        self._tell_message("message_created", made)
        return made

    def set_status(self, number: int, status: str) -> None:
        """Another status, told where it is another."""
        conversation = self.conversations[number]
        before, conversation["status"] = conversation["status"], status
        if before == status:
            return
        self.write(number, f"Conversation was marked {status}", ACTIVITY, None)
        changed = [{"status": {"previous_value": before, "current_value": status}}]
        self._tell("conversation_status_changed", {**self.nested(number), "changed_attributes": changed})
        if status in ("open", "resolved"):
            self._tell("conversation_opened" if status == "open" else "conversation_resolved", self.nested(number))

    # What the staff do

    def reply(self, number: int, agent: Json, text: str | None, private: bool = False, files: int = 0, **attributes: Any) -> Json:
        """One of the staff writes: to the customer, or a private note."""
        with self.lock:
            return self.write(number, text, OUTGOING, agent, private, files, attributes)

    def change(self, message: int, text: str) -> None:
        """What was written has other words."""
        with self.lock:
            found = self._message(message)
            found["content"] = text
            self._tell_message("message_updated", found)

    def delete(self, message: int) -> None:
        """What was written is deleted."""
        with self.lock:
            found = self._message(message)
            found.update(content="This message was deleted", content_type="text", content_attributes={"deleted": True})
            found.pop("attachments", None)
            self._tell_message("message_updated", found)

    def assign(self, number: int, agent: Json) -> None:
        """A conversation is one of the staff's."""
        with self.lock:
            self.conversations[number]["assignee"] = agent
            self._tell("conversation_updated", {**self.nested(number), "changed_attributes": [{"assignee_id": {"current_value": agent["id"]}}]})

    def erase(self, number: int) -> None:
        """A conversation is deleted with all that stands in it."""
        with self.lock:
            del self.conversations[number]
            self.messages = [one for one in self.messages if one["conversation_id"] != number]

    # What is read

    def of(self, number: int, private: bool = False) -> list[Json]:
        """The messages of a conversation; private ones as well, or not."""
        return [one for one in self.messages if one["conversation_id"] == number and one["message_type"] != ACTIVITY and (private or not one["private"])]

    def nested(self, number: int) -> Json:
        """A conversation as it is posted."""
        found = self.conversations[number]
        return {
            "id": number, "status": found["status"], "inbox_id": INBOX, "channel": "Channel::Api", "can_reply": True, "labels": [],
            "contact_inbox": {"id": 1, "source_id": found["source"], "inbox_id": INBOX}, "custom_attributes": {}, "additional_attributes": {},
            "meta": {"sender": {**self.contacts[found["source"]], "type": "contact"}, "assignee": found["assignee"], "hmac_verified": False},
            "messages": self.of(number)[-1:], "timestamp": int(self.clock()), "unread_count": 0,
        }

    def _message(self, message: int) -> Json:
        return next(one for one in self.messages if one["id"] == message)

    def _tell_message(self, event: str, message: Json) -> None:
        if message["message_type"] != ACTIVITY:
            told = {**message, "message_type": TYPES[message["message_type"]], "conversation": self.nested(message["conversation_id"])}
            self._tell(event, {**told, "account": {"id": ACCOUNT, "name": "Shop"}, "inbox": {"id": INBOX, "name": "Chat"}})

    def _tell(self, event: str, told: Json) -> None:
        if self.has_bot:
            self.posted.append(self.signed(json.dumps({"event": event, **told}).encode()))

    def signed(self, body: bytes, secret: str = SECRET, at: int | None = None) -> Posted:
        """Bytes with the headers of a post."""
        moment = str(int(self.clock()) if at is None else at)
        digest = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {"X-Chatwoot-Delivery": str(uuid4()), "X-Chatwoot-Timestamp": moment, "X-Chatwoot-Signature": f"sha256={digest}"}
        return Posted(body, {"Content-Type": "application/json", "Accept": "application/json", **headers})


def agent_of(number: int, name: str) -> Json:
    """One of the staff."""
    return {"id": number, "name": name, "available_name": name, "avatar_url": "", "type": "user", "availability_status": "online", "thumbnail": ""}


def _attachment(message: int, place: int) -> Json:
    return {
        "id": message * 10 + place, "message_id": message, "file_type": "image", "account_id": ACCOUNT, "extension": None,
        "data_url": "http://127.0.0.1/files/picture.jpg", "thumb_url": "http://127.0.0.1/files/picture.jpg", "file_size": 1000,
    }
