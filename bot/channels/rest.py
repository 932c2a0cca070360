"""The REST channel at /webhooks/rest/webhook: one message in, the list of replies out. docs/rest.md is for who calls it.

Path and shape are those of Rasa's own channel, so that its clients work; unlike it, it keeps senders to REST's own names,
refuses what cannot be answered with a sentence, never shares a conversation between people who sent no id, and never stays
silent.
"""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional
from uuid import uuid4

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.resources import resources
from bot.channels.answering import NO_MODEL, OnNewMessage, answer, is_ready
from bot.channels.erasing import Erasing, without_wish
from bot.channels.incoming import message_text, page_context, sender_id, visitor_address
from bot.channels.keys import Refusal
from bot.channels.people import People
from bot.channels.rest_access import TOO_MANY, Access
from bot.channels.rest_once import earlier_replies, reply_of
from bot.channels.rest_pictures import Refused, RestPictures
from bot.channels.rest_staffed import RestStaffed
from bot.channels.web_visitors import ConversationsAtHand
from bot.channels.web_wire import PICTURE, client_id
from bot.phrases import phrases
from bot.settings import Settings, listed, settings
from bot.store.conversations import Conversations
from bot.store.errors import StoreError
from bot.store.models import SENDER_LENGTH
from bot.store.privacy import Privacy
from bot.store.turns import TurnTimeout, turns_of
from bot.support.asking import ADDRESS
from bot.teaching.forgetting import forgetting

NAMESPACE = "rest:"
"""Stands before every sender of REST, so that none can be somebody of another channel."""
LONGEST_SENDER = SENDER_LENGTH - len(NAMESPACE)
LARGEST_BODY = 128 * 1024
MOST_WAITING = 50
REQUEST_ID = "X-Request-ID"
NOT_JSON = 'Send a JSON object such as {"sender": "an id", "message": "a question"}.'
BAD_ID = "message_id has at most 64 letters, digits, - and _."
NO_CURSOR = "Ask for /messages?sender=SENDER&after=NUMBER, with the number that you got last, or 0."
LONGEST_CURSOR = 15
BUSY = "An earlier message of this conversation is still being answered. Send this one again in some seconds."
TOO_LARGE = f"Send at most {LARGEST_BODY // 1024} KiB."

logger = logging.getLogger(__name__)


class OneMessageOutput(CollectingOutputChannel):
    """Collects replies, each as one object with its text, buttons, picture and data together."""

    def __init__(self) -> None:
        super().__init__()
        self.forget = False

    @classmethod
    def name(cls) -> str:
        """Name of the channel, as in credentials.yml."""
        return "rest"

    @property
    def answered(self) -> bool:
        """Whether anything was sent."""
        return bool(self.messages)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Sends plain text."""
        await self.send_response(recipient_id, {"text": text})

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keeps a reply whole where Rasa would send its parts one by one."""
        said, wish = without_wish(message)
        self.forget |= wish
        self.messages.append({"recipient_id": recipient_id, **reply_of(said)})


class RestInput(InputChannel):
    """Takes {"sender": ..., "message": ..., "message_id": ..., "metadata": {"product": ...}} and answers with a list of
    replies; only the message is a must, or in its place the name of a picture that was brought before."""

    @classmethod
    def name(cls) -> str:
        """Name and path of the channel."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        chosen = settings()
        blueprint = Blueprint("glasskin_rest")
        pictures = RestPictures(resources().pictures, lambda sender: NAMESPACE + sender, LONGEST_SENDER)
        asking = Asking(chosen, on_new_message, People(resources()), pictures)

        @blueprint.listener("after_server_start")
        async def started(app: Sanic, _: Any) -> None:
            asking.listens_at(app.state.host)

        @blueprint.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            asking.close()

        @blueprint.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "off", "hint": asking.off} if asking.off else {"status": "ok"})

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            request_id = {REQUEST_ID: client_id(request.headers.get(REQUEST_ID)) or uuid4().hex[:16]}
            try:
                return response.json(await asking.replies(request, request_id[REQUEST_ID]), headers=request_id)
            except StoreError:
                logger.exception("a message for the staff could not be kept")
                return response.json({"error": phrases().say("failed")}, status=503, headers=request_id)
            except Refused as refused:
                why = refused.why
                return response.json({"error": why.sentence}, status=why.status, headers={**request_id, **why.headers})

        @blueprint.post("/pictures")
        async def picture(request: Request) -> HTTPResponse:
            try:
                return response.json(await asking.picture(request))
            except StoreError:
                logger.exception("a picture could not be kept")
                return response.json({"error": phrases().say("failed")}, status=503)
            except Refused as refused:
                return response.json({"error": refused.why.sentence}, status=refused.why.status, headers=dict(refused.why.headers))

        @blueprint.get("/messages")
        async def messages(request: Request) -> HTTPResponse:
            try:
                return response.json(await asking.messages(request))
            except Refused as refused:
                return response.json({"error": refused.why.sentence}, status=refused.why.status, headers=dict(refused.why.headers))

        return blueprint


class Asking:
    """Has requests answered: those that may, each conversation's in order, and a message with an id once."""

    def __init__(self, chosen: Settings, on_new_message: OnNewMessage, people: People, pictures: RestPictures) -> None:
        """
        Args:
            chosen: the settings.
            on_new_message: hands a message to Rasa.
            people: who has conversations.
            pictures: takes what is brought before a message.
        """
        self._pictures = pictures
        self._staffed = RestStaffed(people)
        self._on_new_message = on_new_message
        self._longest = chosen.longest_message
        keys, proxies = listed(chosen.rest_keys), chosen.trusted_proxies
        self._access = Access(
            keys, chosen.rest_messages_per_minute, chosen.rest_messages_per_minute_per_address, proxies
        )
        self._database = chosen.tracker_database
        self._stored = Conversations(chosen.tracker_database)
        self._erasing = Erasing(Privacy(chosen.tracker_database, chosen.shop_database, forgetting(chosen.home)))
        self._conversations = ConversationsAtHand()
        self.off: Optional[str] = None

    def listens_at(self, host: str) -> None:
        """Switches REST off, and says so, where other machines reach the server and there is no key."""
        self.off = self._access.off_at(host) if host else None
        if self.off:
            logger.warning(self.off)

    def close(self) -> None:
        """Closes what is open."""
        self._stored.dispose()
        self._erasing.dispose()

    async def replies(self, request: Request, request_id: str) -> List[Dict[str, Any]]:
        """The replies to a request; `request_id` is its name in the log.

        Raises:
            Refused: when it is not answered.
        """
        self._let_in(request)
        if len(request.body) > LARGEST_BODY:
            raise Refused(Refusal(413, TOO_LARGE))
        body = _json(request)
        if not isinstance(body, dict):
            raise Refused(Refusal(400, NOT_JSON))
        message_id = _message_id(body.get("message_id"))
        agent = getattr(request.app.ctx, "agent", None)
        if not is_ready(agent):
            raise Refused(Refusal(503, NO_MODEL))
        named = sender_id(body.get("sender"), LONGEST_SENDER) or uuid4().hex
        if refusal := self._access.too_many(named, request.ip, request.headers):
            raise Refused(refusal)
        written = body.get("message")
        text = message_text("" if written is None and body.get(PICTURE) else written, self._longest)
        message = UserMessage(
            text, OneMessageOutput(), NAMESPACE + named, input_channel=RestInput.name(), message_id=message_id,
            metadata=page_context(body.get("metadata")),
        )
        message.metadata.update(await self._pictures.of_message(body, named, str(message.message_id), text))
        ADDRESS.set(visitor_address(body.get("metadata")) or self._access.address_of(request.ip, request.headers))
        given = await self._in_turn(agent, message, message_id is not None, request_id)
        return [{"recipient_id": named, **reply_of(reply)} for reply in given]

    async def picture(self, request: Request) -> Dict[str, str]:
        """The name of the picture that a request brings.

        Raises:
            Refused: when it is not taken.
        """
        self._let_in(request)
        return await self._pictures.take(request)

    async def messages(self, request: Request) -> Dict[str, Any]:
        """What was said between a sender and the staff, behind a cursor.

        Raises:
            Refused: when it is not answered.
        """
        self._let_in(request)
        named, after = sender_id(request.args.get("sender"), LONGEST_SENDER), str(request.args.get("after") or "0")
        if named is None or not after.isdecimal() or len(after) > LONGEST_CURSOR:
            raise Refused(Refusal(400, NO_CURSOR))
        return await self._staffed.messages(NAMESPACE + named, int(after))

    def _let_in(self, request: Request) -> None:
        """Raises Refused where REST is off, or whoever asks may not use it."""
        if self.off:
            raise Refused(Refusal(403, self.off))
        if refusal := self._access.refusal(request.ip, request.headers):
            raise Refused(refusal)

    async def _in_turn(
        self, agent: Any, message: UserMessage, has_id: bool, request_id: str
    ) -> List[Dict[str, Any]]:
        """Has a message answered after all that came before it in its conversation."""
        sender = message.sender_id
        conversation = self._conversations.of(sender)
        if conversation.waiting >= MOST_WAITING:
            raise Refused(Refusal(429, TOO_MANY, {"Retry-After": "5"}))
        conversation.waiting += 1
        try:
            async with turns_of(self._database).of(sender):
                earlier = await earlier_replies(self._stored, sender, message.message_id) if has_id else None
                if earlier:
                    return earlier
                kept = await self._staffed.heard(agent, message)
                if kept is not None:
                    return kept
                before = await self._staffed.unsent(sender)
                given = await replies(self._on_new_message, agent, message, self._erasing, request_id)
                return [*before, *await self._staffed.allowed(message, given)]
        except TurnTimeout as error:
            logger.error("a message was not taken: %s", error)
            raise Refused(Refusal(503, BUSY, {"Retry-After": "5"})) from error
        finally:
            conversation.waiting -= 1


async def replies(
    on_new_message: OnNewMessage,
    agent: Any,
    message: UserMessage,
    erasing: Optional[Erasing] = None,
    request_id: Optional[str] = None,
) -> List[Dict[str, Any]]:
    """All replies to a message whose output is a `OneMessageOutput`; an apology where handling it failed or gave nothing.
    For `erasing` and `request_id` see `answer`."""
    output = message.output_channel
    await answer(on_new_message, agent, message, output, erasing, request_id)
    return list(output.messages)


def _message_id(given: Any) -> Optional[str]:
    if given is None:
        return None
    known = client_id(str(given) if isinstance(given, int) else given)
    if known is None:
        raise Refused(Refusal(400, BAD_ID))
    return known


def _json(request: Request) -> Optional[Any]:
    try:
        return request.json
    except (InvalidUsage, UnicodeDecodeError, RecursionError):
        return None
