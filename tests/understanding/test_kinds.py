"""Narrower kinds of question than an intent, told by their wording alone."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("kind", "message", "narrow"),
    [
        ("storage", "my serum has gone brownish, may i still use it", "spoiled"),
        ("storage", "the toner smells a bit weird", "spoiled"),
        ("storage", "it turned orange", "spoiled"),
        ("storage", "where do i keep my serum", "storage"),
        ("storage", "how do i stop it turning orange", "storage"),
        ("shelf_life", "how can i tell that it is expired", "gone_off"),
        ("shelf_life", "how long does it keep", "shelf_life"),
        ("waiting_time", "how long does a toner keep", "shelf_life"),
        ("waiting_time", "how long do i keep it on", "waiting_time"),
        ("better", "is an expensive serum better", "worth_the_price"),
        ("better", "is a serum better", "better"),
        ("better", "which is cheaper, the rice toner or the snail toner", "better"),
        ("price", "is there something cheaper than the rice cream", "find_similar"),
        ("price", "are serums cheaper than ampoules", "price"),
        ("evidence", "is it stronger or is that marketing", "strength"),
        ("frequency", "can i use it twice a day", "twice_a_day"),
        ("frequency", "can i use it twice a week", "frequency"),
        ("routine_steps", "the ten steps in order please", "steps_in_order"),
        ("irritation", "my face is hot, am i allergic", "allergic_or_irritated"),
        ("irritation", "when can i use it again", "restart"),
        ("irritation", "my skin stings again", "irritation"),
        ("order", "toner, cream, serum, is that right", "order_check"),
        ("order", "which goes first", "order"),
        ("cause", "how do i know that my barrier is damaged", "what_is"),
    ],
)
def test_the_wording_narrows_the_kind(kind: str, message: str, narrow: str) -> None:
    assert read(message, kind).kind == narrow
