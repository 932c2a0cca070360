"""What would tell who wrote a message is masked, and what tells nothing stays."""

from __future__ import annotations

import time

import pytest

from bot.understanding.masking import masked

MASKED = {
    "order 10432 anna@example.com where is it": "order [number] [e-mail] where is it",
    "call me on +1 (555) 010-4321 or 555-0142": "call me on [number] or [number]",
    "KB-10432 is late, so is #77": "[number] is late, so is [number]",
    "my name is Anna Schmidt and I live at 12 Hill Street, 12203 Albany": "my name is [name] and I live at [address], [number] Albany",
    "Hauptstr. 5, 10115 Berlin": "[address], [number] Berlin",
    "see https://x.example/orders?token=abc and www.me.example": "see [link] and [link]",
    "IBAN DE89 3704 0044 0532 0130 00": "IBAN [number]",
    "I am @anna_k there": "I am [account] there",
    "anna @ example.com": "[e-mail]",
}
STAYS = (
    "I paid 24.99 for 30ml at 2% and I'm 27", "use it 3-4 times a week", "under 20 000 won", "SPF 50 PA++++ 50ml 100ml", "5 ml 10 ml 15 ml 20 ml",
    "what is the best way 2 layer", "my name's not working at checkout", "call me back please", "is it open 9-17?", "do you sell gift cards",
)


@pytest.mark.parametrize("text, wanted", MASKED.items())
def test_who_wrote_it_is_masked(text: str, wanted: str) -> None:
    assert masked(text) == wanted


@pytest.mark.parametrize("text", STAYS)
def test_what_tells_nothing_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("part", ["1", "1 ", "a", "@", "a.a.", "12 aa ", "aa str ", "my name is ", "A1B2 ", "(1-"])
def test_nothing_takes_long(part: str) -> None:
    began = time.perf_counter()
    masked(part * (4000 // len(part)))
    assert time.perf_counter() - began < 1
