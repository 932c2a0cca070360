"""Whatever comes as an update is understood or ignored, never an error."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.updates import Kind, understand, update_id

FIELDS = [
    "update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat", "from", "text", "caption", "id",
    "type", "data", "message_id", "reply_to_message", "new_chat_member", "old_chat_member", "status", "migrate_to_chat_id",
    "photo", "voice", "is_bot", "entities", "channel_post", "via_bot",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["private", "group", "supergroup", "channel", "kicked", "member", "/start", "/", "@bot hi", "/x@bot"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=25,
)


@given(VALUES)
def test_any_json_is_understood(update: Any) -> None:
    incoming = understand(update, "bot", 1)
    assert isinstance(incoming.kind, Kind)
    assert incoming.chat_id is None or -(2**63) <= incoming.chat_id < 2**63
    number = update_id(update)
    assert number is None or -(2**63) <= number < 2**63


@given(VALUES, st.sampled_from(["private", "group", "supergroup"]))
def test_any_message_in_a_real_chat_is_understood(message: Any, kind: str) -> None:
    content = {**(message if isinstance(message, dict) else {}), "chat": {"id": 5, "type": kind}}
    incoming = understand({"update_id": 1, "message": content}, "bot", 1)
    assert incoming.kind is not Kind.COMMAND or not incoming.command.startswith("/")
    if incoming.kind is Kind.TEXT:
        assert incoming.text
        assert not incoming.text.startswith("/")
