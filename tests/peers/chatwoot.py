"""A stand-in for Chatwoot over HTTP: the client API of an API inbox, what of the account's API bots and people use, and faults on demand.
Proved by Chatwoot's own SDK in `tests/peers/prove/with_chatwoot.py`."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.peers.chatwoot_state import (
    ACCOUNT,
    BOT,
    IDENTIFIER,
    INBOX,
    INCOMING,
    LATEST,
    OUTGOING,
    STATUSES,
    Json,
    State,
    agent_of,
)

BOT_TOKEN, USER_TOKEN = "bot_token", "user_token"
BOT_MAY = {("POST", "toggle_status"), ("POST", "messages"), ("POST", "assignments"), ("PATCH", "")}
PUBLIC = re.compile(r"/public/api/v1/inboxes/([\w-]+)(?:/contacts(?:/([\w-]+)(?:/conversations(?:/(\d+)(?:/(\w+))?)?)?)?)?")
PRIVATE = re.compile(r"/api/v1/accounts/(\d+)/(conversations|inboxes|contacts)(?:/(\d+))?(?:/(\w+))?")
Answer = tuple[int, Any]
NOT_FOUND: Answer = (404, {"error": "Resource could not be found"})
OWNER = agent_of(9, "Owner")


class ChatwootPeer:
    """Runs in threads of its own. Tests act as the staff through `state`, and look at what it has."""

    def __init__(self) -> None:
        self.state = State()
        self.is_away = False
        self.calls: list[str] = []
        self.wants_identity = False
        self.late_s = 0.0
        self.pictures: list[bytes] = []
        self._faults: list[tuple[str, str, Answer | None]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.inbox = f"{self.address}/app/accounts/{ACCOUNT}/inbox/{IDENTIFIER}"

    def start(self) -> ChatwootPeer:
        """Listens on a free port of this machine."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()

    def fail(self, where: str, with_answer: Answer | None = None, after: str = "") -> None:
        """The next call whose "METHOD path" has `where` in it is answered so, or not at all; `after`: it is done all the same."""
        self._faults.append((where, after, with_answer))

    def answer(self, method: str, target: str, headers: Mapping[str, str], given: Json, files: list[bytes]) -> Answer | None:
        """What Chatwoot answers; None for nothing at all."""
        call = f"{method} {urlsplit(target).path}"
        if self.is_away:
            return None
        time.sleep(self.late_s)
        with self.state.lock:
            self.calls.append(call)
            fault = next((one for one in self._faults if one[0] in call), None)
            if fault is not None:
                self._faults.remove(fault)
                if fault[1]:
                    self._answer(method, call.partition(" ")[2], headers, given, files)
                return fault[2]
            return self._answer(method, call.partition(" ")[2], headers, given, files)

    def _answer(self, method: str, path: str, headers: Mapping[str, str], given: Json, files: list[bytes]) -> Answer:
        public, private = PUBLIC.fullmatch(path), PRIVATE.fullmatch(path)
        if public is not None:
            inbox, source, number, what = public.groups()
            return self._public(method, inbox, source, number, what, given, files)
        return self._private(method, private, headers.get("api_access_token", ""), given, files) if private else NOT_FOUND

    # The customer's side, by the inbox's identifier and the customer's id

    def _public(
        self, method: str, inbox: str, source: str | None, number: str | None, what: str | None, given: Json, files: list[bytes]
    ) -> Answer:
        state = self.state
        if inbox != IDENTIFIER:
            return NOT_FOUND
        if source is None and method == "POST":
            return 200, state.contact(str(given.get("source_id") or "made-by-chatwoot"), str(given.get("name") or ""))
        if source is None:
            return 200, {"identifier": IDENTIFIER, "identity_validation_enabled": self.wants_identity, "name": "Chat", "working_hours_enabled": False}
        if source not in state.contacts:
            return NOT_FOUND
        mine = [one for one in state.conversations.values() if one["source"] == source]
        if number is None:
            return (200, self._conversation(state.begin(source))) if method == "POST" else (200, list(map(self._conversation, mine)))
        found = next((one for one in mine if one["id"] == int(number)), None)
        if found is None:
            return NOT_FOUND
        if what is None:
            return 200, self._conversation(found)
        if what != "messages":
            return NOT_FOUND
        if method == "GET":
            return 200, list(map(_shown, state.of(found["id"])[-LATEST:]))
        return self._written(found["id"], given, files, INCOMING, {**state.contacts[source], "type": "contact"})

    def _conversation(self, found: Json) -> Json:
        state = self.state
        messages = list(map(_shown, state.of(found["id"])))
        return {
            "id": found["id"], "uuid": found["uuid"], "inbox_id": INBOX, "contact_last_seen_at": 0, "status": found["status"],
            "agent_last_seen_at": 0, "messages": messages, "contact": state.contacts[found["source"]],
        }

    # The account's side, by a token

    def _private(self, method: str, asked: re.Match[str], token: str, given: Json, files: list[bytes]) -> Answer:
        account, room, number, what = asked.groups()
        if token not in (BOT_TOKEN, USER_TOKEN):
            return 401, {"error": "Invalid Access Token"}
        is_bot = token == BOT_TOKEN
        if is_bot and (room != "conversations" or (method, what or "") not in BOT_MAY):
            return 401, {"error": "Access to this endpoint is not authorized for bots"}
        if int(account) != ACCOUNT:
            return NOT_FOUND
        if is_bot and not self.state.has_bot:
            return 401, {"error": "Bot is not authorized to access this account"}
        if room == "inboxes":
            return 200, {"payload": [{"id": INBOX, "channel_id": 1, "name": "Chat", "channel_type": "Channel::Api", "inbox_identifier": IDENTIFIER}]}
        found = self.state.conversations.get(int(number or 0))
        if room != "conversations" or found is None:
            return NOT_FOUND
        return self._in_conversation(method, found, what, given, files, dict(BOT) if is_bot else OWNER)

    def _in_conversation(self, method: str, found: Json, what: str | None, given: Json, files: list[bytes], who: Json) -> Answer:
        state, number = self.state, int(found["id"])
        if what is None and method == "GET":
            return 200, {**state.nested(number), "account_id": ACCOUNT, "uuid": found["uuid"], "muted": False, "created_at": 1, "assignee_id": None}
        if what == "toggle_status":
            status = str(given.get("status") or ("resolved" if found["status"] == "open" else "open"))
            if status not in STATUSES:
                return 422, {"error": f"'{status}' is not a valid status"}
            state.set_status(number, status)
            return 200, {"meta": {}, "payload": {"success": True, "conversation_id": number, "current_status": status, "snoozed_until": None}}
        if what == "messages" and method == "GET":
            return 200, {"meta": {}, "payload": state.of(number, private=True)[-LATEST:]}
        if what == "messages":
            if given.get("message_type") == "incoming":
                return self._written(number, given, files, INCOMING, {**state.contacts[found["source"]], "type": "contact"})
            return self._written(number, given, files, OUTGOING, who, str(given.get("private", "")).lower() == "true")
        return NOT_FOUND

    def _written(self, number: int, given: Json, files: list[bytes], kind: int, sender: Json, private: bool = False) -> Answer:
        self.pictures += files
        made = self.state.write(number, given.get("content"), kind, sender, private, len(files))
        return 200, {**_shown(made), "private": private, "status": "sent", "source_id": None, "inbox_id": INBOX}


def _shown(message: Json) -> Json:
    """A message as the client API shows it."""
    names = ("id", "content", "message_type", "content_type", "content_attributes", "created_at", "conversation_id", "attachments")
    return {name: message[name] for name in names if name in message} | ({"sender": message["sender"]} if message["sender"] else {})


def _handler(peer: ChatwootPeer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given, files = _fields(self.headers.get("Content-Type", ""), raw)
            answered = peer.answer(self.command, self.path, dict(self.headers), given, files)
            if answered is None:
                self.close_connection = True
                return
            status, told = answered
            body = told.encode() if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


def _fields(kind: str, raw: bytes) -> tuple[Json, list[bytes]]:
    """The fields of a body, and its attachments."""
    if not kind.startswith("multipart/"):
        return json.loads(raw or b"{}"), []
    parts: Callable[[], Any] = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw).get_payload
    given: Json = {}
    files: list[bytes] = []
    for part in parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if part.get_filename():
            assert name == "attachments[]"
            files.append(content)
        else:
            given[str(name)] = content.decode()
    return given, files
