"""Comparisons on Telegram, by the means that its interface has: read on a phone, and by its strict parser."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.replies import Place, calls_for
from bot.channels.telegram.tables import WIDTH, to_html
from bot.phrases import phrases
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_html import parse

TABLE: dict[str, Any] = {"head": ["", "Dew <A>", "Plum", "Rice"], "rows": [
    ["Price", "19.00 USD", "20.00 to 48.00 USD", ""], ["Kind", "serum", "serum", "serum"],
    ["Key ingredients", "niacinamide & co", "hyaluronic acid", "rice"],
]}  # fmt: skip


@pytest.mark.parametrize("columns", [2, 3])
def test_short_cells_stand_in_a_block_and_long_ones_in_a_quote(columns: int) -> None:
    table = {"head": TABLE["head"][: columns + 1], "rows": [row[: columns + 1] for row in TABLE["rows"]]}
    text, entities = parse(to_html(table, "Side by side:", "Choose by your concern."))
    block, quote = (next(said for tag, said, _ in entities if tag == wanted) for wanted in ("pre", "blockquote"))
    assert all(len(line) <= WIDTH for line in block.split("\n")) and "19.00" in block and "48.00" in block
    assert "serum" not in text  # what is the same of all tells nothing
    assert "1. niacinamide & co\n2. hyaluronic acid" in quote and "1. Dew <A>\n2. Plum" in text
    assert text.startswith("Side by side:") and text.endswith("Choose by your concern.")


@pytest.mark.parametrize("table", [{"head": ["", "A"], "rows": [["Price", "1"]]}, {"head": ["", "A", "B"], "rows": [["Price", "1", "1"], ["x"], [None, None, None]]}])
def test_what_is_no_comparison_stays_text(table: dict[str, Any]) -> None:
    assert to_html(table, "x") == ""
    custom = {"body": "x", "table": table}
    assert [call["params"]["text"] for call in calls_for([{"text": "All of it.", "custom": custom}], Place(5), list, phrases().say)] == ["All of it."]


def test_products_are_compared_in_a_chat(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "Show me serums")
    peer.until(lambda: bool(peer.chat(chat) and peer.chat(chat)[-1].labels()))
    said = len(peer.chat(chat))
    assert {"Show more", "Compare them"} <= set(peer.chat(chat)[-1].labels())
    peer.press(chat, "Compare them")
    peer.until(lambda: any(tag == "pre" for one in peer.chat(chat)[said:] for tag, _, _ in one.entities))
    (message,) = [one for one in peer.chat(chat)[said:] if any(tag == "pre" for tag, _, _ in one.entities)]
    assert any(tag == "blockquote" and "Key ingredients" in said_in for tag, said_in, _ in message.entities)
    assert message.labels()
