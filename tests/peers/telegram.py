"""A strict stand-in for Telegram's Bot API, over HTTP: long polling with offset, webhook delivery with secret token,
the API's own limits and refusals, and faults on demand. Proved by two client libraries in `tests/peers/prove`."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import deque
from typing import Any, Callable, Mapping

import aiohttp
from aiohttp import web

from tests.peers.telegram_forum import ForumMethods
from tests.peers.telegram_state import BOT, Message, Refused, State

TOKEN = "4242:AAtest-token-of-nobody"
PNG = b"\x89PNG\r\n\x1a\n"
DELIVERIES_AT_ONCE = 40
LARGEST_FILE = 20 * 2**20
UNASKED = "message_reaction"
"""A kind of update that comes only to who names it."""


class TelegramPeer(ForumMethods):
    """Runs in a thread of its own. Tests act as users through `say`, `press` and the like, and look at `chat`."""

    def __init__(self) -> None:
        self.state = State()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.received: list[float] = []
        self._faults: dict[str, deque[tuple[str, Mapping[str, Any]]]] = {}
        self._lock = threading.RLock()
        self._loop = asyncio.new_event_loop()
        self._delivered = 0
        self._query = 0
        self._runner: web.AppRunner | None = None
        self._deliverer: asyncio.Task[None] | None = None
        self.address = ""
        self.delivery_failures = 0
        self.limit_text = ""
        self.is_away = False

    # Life

    def start(self) -> TelegramPeer:
        """Listens on a free port of this machine."""
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        assert ready.wait(10), "the stand-in did not start"
        return self

    def stop(self) -> None:
        """Stops listening."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _close(self) -> None:
        if self._deliverer:
            self._deliverer.cancel()
        if self._runner:
            await self._runner.cleanup()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        ready.set()
        self._loop.run_forever()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._receive)
        app.router.add_get("/file/bot{token}/{path:.+}", self._hand_out)
        runner = web.AppRunner(app, handle_signals=False, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._runner = runner
        self._deliverer = self._loop.create_task(self._deliver_all())

    # The bot's side

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, files = await _parameters(request)
        if request.match_info["token"] != TOKEN:
            return _answer(Refused(401, "Unauthorized"))
        fault, detail = ("drop", {}) if self.is_away else self._fault(method)
        if fault == "drop":
            request.transport and request.transport.close()  # type: ignore[func-returns-value]
            return web.Response()
        if fault == "refuse":
            return _answer(Refused(detail["code"], detail["description"], detail.get("parameters")))
        try:
            result = await self._call(method, params, files)
        except Refused as refusal:
            return _answer(refusal)
        if fault == "lose_answer" and request.transport:
            request.transport.close()
        return web.json_response({"ok": True, "result": result})

    async def _hand_out(self, request: web.Request) -> web.StreamResponse:
        content = self.state.files.get(request.match_info["path"].removeprefix("photos/"))
        if request.match_info["token"] != TOKEN or content is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=content, content_type="application/octet-stream")

    async def _call(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        if method == "getUpdates":
            return await self._get_updates(params)
        with self._lock:
            self.calls.append((method, params))
            handler: Callable[..., Any] | None = getattr(self, f"_do_{method}", None)
            if handler is None:
                raise Refused(404, "Not Found: method not found")
            return handler(params, files)

    async def _get_updates(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self.state.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
                               "delete the webhook first")
        until = time.monotonic() + min(float(params.get("timeout") or 0), 50)
        offset = int(params.get("offset") or 0)
        allowed = json.loads(params["allowed_updates"]) if params.get("allowed_updates") else None
        while True:
            with self._lock:
                self.state.updates = [one for one in self.state.updates if one["update_id"] >= offset]
                found = [one for one in self.state.updates if (set(one) & set(allowed) if allowed else UNASKED not in one)]
            if found or time.monotonic() >= until:
                return found[: int(params.get("limit") or 100)]
            await asyncio.sleep(0.02)

    def _do_getMe(self, _: Any, __: Any) -> dict[str, Any]:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _do_setWebhook(self, params: Mapping[str, Any], _: Any) -> bool:
        self.state.set_webhook(params)
        return True

    def _do_deleteWebhook(self, _: Any, __: Any) -> bool:
        self.state.webhook = {"url": ""}
        return True

    def _do_getWebhookInfo(self, _: Any, __: Any) -> dict[str, Any]:
        return {
            "url": self.state.webhook["url"], "has_custom_certificate": False,
            "pending_update_count": len(self.state.updates),
        }

    def _do_getFile(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        file_id = str(params.get("file_id") or "")
        if file_id not in self.state.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.state.files[file_id])
        if size > LARGEST_FILE:
            raise Refused(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"photos/{file_id}"}

    def _do_setMyCommands(self, params: Mapping[str, Any], _: Any) -> bool:
        self.state.set_commands(params)
        return True

    def _do_sendMessage(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        if self.limit_text and params.get("text") == self.limit_text:
            raise Refused(429, "Too Many Requests: retry after 3", {"retry_after": 3})
        return self._shown(self.state.add(params, str(params.get("text") or ""), 4096))

    def _do_sendPhoto(self, params: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
        content = files.get("photo", b"")
        if not content and not str(params.get("photo") or "").startswith(("http://", "https://")):
            raise Refused(400, "Bad Request: there is no photo in the request")
        if content and not content.startswith((PNG, b"\xff\xd8")):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        return self._shown(self.state.add(params, str(params.get("caption") or ""), 1024, kind="photo", content=content))

    def _do_sendDocument(self, params: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
        if not files.get("document"):
            raise Refused(400, "Bad Request: there is no document in the request")
        caption = str(params.get("caption") or "")
        return self._shown(self.state.add(params, caption, 1024, kind="document", content=files["document"]))

    def _do_sendMediaGroup(self, params: Mapping[str, Any], _: Any) -> list[dict[str, Any]]:
        media = json.loads(params.get("media") or "[]")
        if not 2 <= len(media) <= 10:
            raise Refused(400, "Bad Request: wrong number of media in the album")
        return [
            self._shown(self.state.add({**params, "parse_mode": item.get("parse_mode")}, item.get("caption") or "", 1024,
                                       kind="photo"))
            for item in media
        ]

    def _do_sendChatAction(self, params: Mapping[str, Any], _: Any) -> bool:
        chat_id = self.state.deliverable(params.get("chat_id"))
        self.state.open_topic(chat_id, params.get("message_thread_id"))
        self.state.typing.append(chat_id)
        return True

    def _do_editMessageText(self, params: Mapping[str, Any], _: Any) -> dict[str, Any]:
        return self._shown(self.state.edit(params))

    def _do_answerCallbackQuery(self, params: Mapping[str, Any], _: Any) -> bool:
        self.state.acknowledge(str(params.get("callback_query_id")))
        return True

    def _shown(self, message: Message) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": self._chat(message.chat_id),
            "from": BOT,
        }
        if message.thread is not None:
            shown.update(message_thread_id=message.thread, is_topic_message=True)
        if message.kind == "text":
            shown["text"] = message.text
        elif message.kind == "photo":
            shown["photo"] = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
        else:
            shown["document"] = {"file_id": "d", "file_unique_id": "d"}
        if message.buttons:
            shown["reply_markup"] = {"inline_keyboard": message.buttons}
        return shown

    def _fault(self, method: str) -> tuple[str, Mapping[str, Any]]:
        with self._lock:
            waiting = self._faults.get(method)
            return waiting.popleft() if waiting else ("", {})

    # Delivery by webhook

    async def _deliver_all(self) -> None:
        limit = asyncio.Semaphore(DELIVERIES_AT_ONCE)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=DELIVERIES_AT_ONCE)) as session:
            while True:
                with self._lock:
                    due = self.state.updates if self.state.webhook["url"] else []
                    if due:
                        self.state.updates = []
                for update in due:
                    await limit.acquire()
                    task = self._loop.create_task(self._deliver(session, update))
                    task.add_done_callback(lambda _: limit.release())
                await asyncio.sleep(0.005)

    async def _deliver(self, session: aiohttp.ClientSession, update: Mapping[str, Any]) -> None:
        """Delivers until the bot takes it, as Telegram does."""
        while self.state.webhook["url"]:
            headers = {"X-Telegram-Bot-Api-Secret-Token": str(self.state.webhook.get("secret") or "")}
            try:
                async with session.post(self.state.webhook["url"], json=update, headers=headers) as answer:
                    if answer.status == 200:
                        self._delivered += 1
                        return
            except aiohttp.ClientError:
                pass
            self.delivery_failures += 1
            await asyncio.sleep(0.2)

    # The users' side

    def fail(self, method: str, kind: str, times: int = 1, **detail: Any) -> None:
        """Makes the next calls of a method go wrong: `refuse` (code, description, parameters), `drop` (the connection
        closes and nothing happened) or `lose_answer` (it happened and the connection closes)."""
        with self._lock:
            self._faults.setdefault(method, deque()).extend([(kind, detail)] * times)

    def send(self, **content: Any) -> dict[str, Any]:
        """Queues an update with any content."""
        with self._lock:
            return self.state.next_update(**content)

    def say(self, chat_id: int, text: str | None, user_id: int | None = None, edited: bool = False, **more: Any) -> dict[str, Any]:
        """A user's message; a negative chat id is a group."""
        with self._lock:
            kind = "private" if chat_id > 0 else "supergroup"
            self.state.open_chat(chat_id, kind)
            author = user_id or abs(chat_id)
            message: dict[str, Any] = {
                "message_id": self.state.next_message_id(), "date": int(time.time()),
                "chat": {"id": chat_id, "type": kind}, "from": {"id": author, "is_bot": False, "first_name": f"U{author}"},
                **more,
            }
            if text is not None:
                message["text"] = text
            return self.state.next_update(**{"edited_message" if edited else "message": message})

    def photograph(self, chat_id: int, content: bytes, caption: str | None = None, **more: Any) -> dict[str, Any]:
        """A user's photo, in two sizes as Telegram has them, of which only the larger one can be had."""
        with self._lock:
            file_id = f"file{len(self.state.files) + 1}"
            self.state.files[file_id] = content
        sizes = [
            {"file_id": f"small-{file_id}", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 900},
            {"file_id": file_id, "file_unique_id": file_id, "width": 1280, "height": 853, "file_size": len(content)},
        ]
        words: dict[str, Any] = {} if caption is None else {"caption": caption}
        return self.say(chat_id, None, photo=sizes, **words, **more)

    def press(self, chat_id: int, label: str, user_id: int | None = None) -> str:
        """Presses the newest button with this label; returns the query's id."""
        with self._lock:
            for message in reversed(self.state.chats[chat_id]):
                for button in [button for row in message.buttons for button in row]:
                    if button["text"] == label:
                        return self._press(chat_id, message, button["callback_data"], user_id)
        raise AssertionError(f"no button {label!r} in {[m.labels() for m in self.chat(chat_id)]}")

    def _press(self, chat_id: int, message: Message, data: str, user_id: int | None) -> str:
        self._query += 1
        query_id = str(self._query)
        self.state.queries[query_id] = time.monotonic()
        author = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "U"}
        self.state.next_update(callback_query={
            "id": query_id, "from": author, "chat_instance": "1", "data": data, "message": self._shown(message),
        })
        return query_id

    def react(self, chat_id: int, message_id: int, *emoji: str, user_id: int | None = None) -> None:
        """A user's reactions to a message, from now on these; told to bots that asked for it alone."""
        with self._lock:
            if self.state.webhook["url"] and UNASKED not in (self.state.webhook.get("allowed") or []):
                return
            kind = self.state.kinds[chat_id]
            author = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "U"}
            new = [{"type": "emoji", "emoji": one} for one in emoji]
            self.state.next_update(message_reaction={
                "chat": {"id": chat_id, "type": kind}, "message_id": message_id, "user": author, "date": int(time.time()),
                "old_reaction": [], "new_reaction": new,
            })

    def chat(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat."""
        with self._lock:
            return list(self.state.chats.get(chat_id, []))

    def wait(self, chat_id: int, count: int, seconds: float = 30.0) -> list[Message]:
        """The bot's messages in a chat, once there are `count`; also waits a little for one too many."""
        self.until(lambda: len(self.chat(chat_id)) >= count, seconds, lambda: str(self.chat(chat_id)))
        time.sleep(0.05)
        found = self.chat(chat_id)
        assert len(found) == count, f"{len(found)} messages instead of {count}: {found}"
        return found

    def until(self, condition: Callable[[], bool], seconds: float = 30.0, tell: Callable[[], str] = lambda: "") -> None:
        """Waits for a condition."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return
            time.sleep(0.01)
        raise AssertionError(f"waited {seconds} s in vain: {tell()}")


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters and files, however the client sent them: query, form, multipart or JSON."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, bytes] = {}
    if request.content_type == "application/json":
        body = await request.json()
        params.update({key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()})
        return params, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            params[name] = value
    attached = str(params.get("photo") or params.get("document") or "")
    if attached.startswith("attach://"):
        name = "photo" if "photo" in params else "document"
        files[name] = files[attached[len("attach://") :]]
    return params, files


def _answer(refusal: Refused) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)
