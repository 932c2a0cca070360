"""A domain that is told alone corrects the address told before."""

from __future__ import annotations

import pytest

from bot.understanding.email_corrections import corrected, domain_in

WRONG = "jo.hanley@gmial.com"


@pytest.mark.parametrize(("text", "address"), [
    ("sry wrong mail, gmail.com", "jo.hanley@gmail.com"),
    ("it's @gmail.com", "jo.hanley@gmail.com"),
    (".co.uk i mean", "jo.hanley@gmial.co.uk"),
    ("oops its gmail", "jo.hanley@gmail.com"),
    ("outlook.com, not gmial.com", "jo.hanley@outlook.com"),
    ("not gmial.com but gmail.com", "jo.hanley@gmail.com"),
])  # fmt: skip
def test_a_domain_corrects(text: str, address: str) -> None:
    assert corrected(WRONG, text) == address


@pytest.mark.parametrize("text", ["gmial.com is right", "no idea", "ok.thanks", "mina@gmail.com", "it cost 12.50", "not gmail.com", ""])
def test_nothing_is_corrected(text: str) -> None:
    assert not corrected(WRONG, text)


def test_a_whole_address_is_no_domain() -> None:
    assert not domain_in("it is mina@example.com, at example.com") and domain_in("example.com i mean") == "example.com"
