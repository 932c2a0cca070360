"""Numbers of payment cards are told from order numbers, telephone numbers and parcels."""

from __future__ import annotations

import pytest

from bot.understanding.card_numbers import holds_a_card
from bot.understanding.order_numbers import numbers_in


@pytest.mark.parametrize("text", [
    "card is 4111 1111 1111 1111 exp 08/27", "my visa: 4111111111111111.", "4111-1111-1111-1111", "amex 3782 822463 10005", "its 4929 1180 2276 3341, a digit may be wrong",
])
def test_a_card_is_known(text: str) -> None:
    assert holds_a_card(text)
    assert numbers_in(text) == []


@pytest.mark.parametrize("text", [
    "order 10432", "10432 10433 10434", "call me on +44 7700 900123", "parcel 9400111899560000010415", "4111111111111112", "since 2024 2025 2026", "１１１１ １１１１ １１１１ １１１１", "",
])
def test_all_else_is_none(text: str) -> None:
    assert not holds_a_card(text)


def test_the_order_beside_a_card_is_kept() -> None:
    assert numbers_in("my visa is 4111 1111 1111 1111, can you refund order 10432") == ["10432"]
