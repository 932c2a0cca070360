"""The REST channel at /webhooks/rest/webhook: one message in, the list of replies out.

Path and shape are those of Rasa's own channel, so that its clients work; unlike it, it refuses what cannot be
answered with a sentence, never shares a conversation between people who sent no id, and never stays silent.
"""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional
from uuid import uuid4

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.incoming import message_text, page_context, sender_id
from bot.settings import settings

logger = logging.getLogger(__name__)
NO_MODEL = "No model is loaded. Train one with `glasskin train`, then start the server again."


class OneMessageOutput(CollectingOutputChannel):
    """Collects replies, each as one object with its text, buttons, picture and data together."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel, as in credentials.yml."""
        return "rest"

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
            if agent is None or not agent.is_ready():
                return _error(503, NO_MODEL)
            sender = sender_id(body.get("sender")) or uuid4().hex
            text = message_text(body.get("message"), settings().longest_message)
            page = page_context(body.get("metadata"))
            return response.json(await replies(on_new_message, agent, sender, text, page))

        return blueprint


async def replies(
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
    agent: Any,
    sender: str,
    text: str,
    page: Optional[Dict[str, str]] = None,
) -> List[Dict[str, Any]]:
    """All replies to one message; an apology where handling it failed or gave nothing. `page`: see `page_context`."""
    output = OneMessageOutput()
    try:
        await on_new_message(UserMessage(text, output, sender, input_channel=RestInput.name(), metadata=page))
    except Exception:  # noqa: BLE001 - whatever failed, the person gets an answer and the log the reason
        logger.exception("a message could not be handled")
    if not output.messages:
        logger.error("a message got no reply; apologised")
        apology: str = agent.domain.responses["utter_failed"][0]["text"]
        return [{"recipient_id": sender, "text": apology}]
    return list(output.messages)


def _json(request: Request) -> Optional[Any]:
    try:
        return request.json
    except (InvalidUsage, UnicodeDecodeError, RecursionError):
        return None


def _error(status: int, sentence: str) -> HTTPResponse:
    return response.json({"error": sentence}, status=status)
