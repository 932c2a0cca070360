"""Pictures over REST: brought before the message that they belong to, which names them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Optional

from sanic.request import Request

from bot.channels.incoming import NO_WORDS, sender_id
from bot.channels.keys import Refusal
from bot.channels.web_limits import TokenBuckets
from bot.channels.web_wire import PICTURE, TYPED, client_id, picture_name
from bot.phrases import phrases
from bot.support.pictures import NotTaken, Pictures

A_MINUTE, AT_ONCE = 4, 8
"""Pictures of one sender, as on the web."""
OFF = "Pictures are off (ATTACHMENTS)."
MALFORMED = "Send a form with sender, id (at most 64 letters, digits, - and _) and the file picture."
TOO_FAST = "Too many pictures. Wait some seconds, then send again."
UNKNOWN = "picture is no picture that this sender has brought, or another message has it."


class Refused(Exception):
    """A request is not answered.

    Attributes:
        why: status and sentence.
    """

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.sentence)
        self.why = why


class RestPictures:
    """Takes the pictures of REST's senders, and finds them again for their messages."""

    def __init__(self, pictures: Optional[Pictures], conversation: Callable[[str], str], longest_sender: int) -> None:
        """
        Args:
            pictures: takes them; None where the shop takes none.
            conversation: the conversation of a sender.
            longest_sender: most characters of one.
        """
        self._pictures = pictures
        self._conversation = conversation
        self._longest_sender = longest_sender
        self._senders = TokenBuckets(A_MINUTE, AT_ONCE)

    async def take(self, request: Request) -> dict[str, str]:
        """Keeps the picture of a form, once for each `id`; gives its name.

        Raises:
            Refused: it is not taken.
            StoreError: it cannot be kept now.
        """
        if self._pictures is None:
            raise Refused(Refusal(403, OFF))
        form, given = request.form or {}, (request.files or {}).get(PICTURE)
        sender, key = sender_id(form.get("sender"), self._longest_sender), client_id(form.get("id"))
        if sender is None or key is None or given is None:
            raise Refused(Refusal(400, MALFORMED))
        if not self._senders.take(sender):
            raise Refused(Refusal(429, TOO_FAST, {"Retry-After": "15"}))
        try:
            return {"name": await asyncio.to_thread(self._pictures.take, self._conversation(sender), key, given.body)}
        except NotTaken as refused:
            raise Refused(Refusal(422, phrases().say(refused.why.value))) from refused

    async def of_message(self, body: Mapping[str, Any], sender: str, message_id: str, text: str) -> dict[str, str]:
        """What a message says of a picture, for its metadata; notes that the picture came with it.

        Raises:
            Refused: it names a picture that is not this sender's, or is another message's.
            StoreError: it cannot be noted now.
        """
        if body.get(PICTURE) is None:
            return {}
        name = picture_name(body[PICTURE])
        if self._pictures is None or name is None or not await asyncio.to_thread(
            self._pictures.store.sent, name, self._conversation(sender), message_id
        ):
            raise Refused(Refusal(400, UNKNOWN))
        return {PICTURE: name, **({TYPED: phrases().say("picture_sent")} if text == NO_WORDS else {})}
