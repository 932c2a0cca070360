"""The REST channel at /webhooks/rest/webhook: one message in, the list of replies out.

Path and shape are those of Rasa's own channel, so that its clients work; unlike it, it refuses what cannot be
answered with a sentence, never shares a conversation between people who sent no id, and never stays silent.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, List, Optional
from uuid import uuid4

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.answering import NO_MODEL, OnNewMessage, answer, is_ready
from bot.channels.incoming import message_text, page_context, sender_id
from bot.settings import settings


class OneMessageOutput(CollectingOutputChannel):
    """Collects replies, each as one object with its text, buttons, picture and data together."""

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
        reply = {
            "recipient_id": recipient_id,
            "text": message.get("text"),
            "buttons": message.get("buttons"),
            "image": message.get("image"),
            "custom": message.get("custom"),
        }
        self.messages.append({key: value for key, value in reply.items() if value})


class RestInput(InputChannel):
    """Takes {"sender": ..., "message": ..., "metadata": {"product": ...}} and answers with a list of replies; only
    the message is a must."""

    @classmethod
    def name(cls) -> str:
        """Name and path of the channel."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        blueprint = Blueprint("glasskin_rest")

        @blueprint.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            body = _json(request)
            if not isinstance(body, dict):
                return _error(400, 'Send a JSON object such as {"sender": "an id", "message": "a question"}.')
            agent = getattr(request.app.ctx, "agent", None)
            if not is_ready(agent):
                return _error(503, NO_MODEL)
            sender = sender_id(body.get("sender")) or uuid4().hex
            text = message_text(body.get("message"), settings().longest_message)
            page = page_context(body.get("metadata"))
            return response.json(await replies(on_new_message, agent, sender, text, page))

        return blueprint


async def replies(
    on_new_message: OnNewMessage, agent: Any, sender: str, text: str, page: Optional[Dict[str, str]] = None
) -> List[Dict[str, Any]]:
    """All replies to one message; an apology where handling it failed or gave nothing. `page`: see `page_context`."""
    output = OneMessageOutput()
    message = UserMessage(text, output, sender, input_channel=RestInput.name(), metadata=page)
    await answer(on_new_message, agent, message, output)
    return list(output.messages)


def _json(request: Request) -> Optional[Any]:
    try:
        return request.json
    except (InvalidUsage, UnicodeDecodeError, RecursionError):
        return None


def _error(status: int, sentence: str) -> HTTPResponse:
    return response.json({"error": sentence}, status=status)
