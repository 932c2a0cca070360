"""Order numbers and e-mails are read as tokens; a measure, a price and a year of little talk are none."""

from __future__ import annotations

import pytest

from bot.understanding.frame import Frame, Quantity
from bot.understanding.order_numbers import Told, numbers_in, told


@pytest.mark.parametrize(("text", "number"), [
    ("10432", "10432"), ("#10432", "10432"), ("the order is 5582-1940", "5582-1940"), ("order number is 20871", "20871"), ("K4471920", "K4471920"),
    ("it's KB-501, thanks", "KB-501"), ("cancel order 370", "370"), ("order no. 7714-20983.", "7714-20983"), ("W2611340!", "W2611340"),
    ("my oder 10432 please", "10432"), ("9 Lake St for order 10434", "10434"), ("order 10434 to Troy, NY 12180", "10434"),
])
def test_numbers_of_orders(text: str, number: str) -> None:
    assert told(Frame(text), asked=True).number == number


@pytest.mark.parametrize("text", ["it is 10420? no wait 10428", "order 10420, sorry, i meant 10428", "order 10420 oops it's 10428"])
def test_the_number_that_replaces_another(text: str) -> None:
    found = (Quantity("order_number", "10420"),) if text.startswith("order") else ()
    assert told(Frame(text, quantities=found), asked=True).number == "10428"


@pytest.mark.parametrize("text", [
    "i ordered 2 weeks ago", "the 100 ml toner", "order 150 ml", "the spf50 cream", "two", "call me", "in 3 days", "1 of 2", "-1234-", "order", "x" * 30 + "1234",
])
def test_no_numbers_of_orders(text: str) -> None:
    assert told(Frame(text), asked=True).number == ""


def test_a_bare_number_is_one_only_where_orders_are_talked_of() -> None:
    assert told(Frame("10432"), asked=False).nothing
    assert told(Frame("order 10432"), asked=False).number == "10432"
    assert told(Frame("#10432"), asked=False).number == "10432"


def test_what_the_pipeline_found_goes_first() -> None:
    quantities = (Quantity("order_number", "777123"), Quantity("email", "a@b.com"))
    assert told(Frame("12345", quantities=quantities), asked=True) == Told("777123", "a@b.com")


def test_a_number_is_whole_where_the_pipeline_found_its_beginning() -> None:
    quantities = (Quantity("order_number", "7714"),)
    assert told(Frame("order 7714-20983 please", quantities=quantities), asked=False).number == "7714-20983"
    assert told(Frame("order 7714, not 20983", quantities=quantities), asked=True).number == "7714"


@pytest.mark.parametrize("text", [
    "rosa@example.com, my new place is 48 Hill Road, Troy NY 12180", "zip code is 10115", "Gartenstraße 12, 10115 Berlin", "1420 Lake Avenue", "my postcode: 78704",
])
def test_a_number_of_an_address_is_none_of_an_order(text: str) -> None:
    assert told(Frame(text), asked=True).number == ""


@pytest.mark.parametrize(("text", "number"), [
    ("10432, 48 Hill Road, Troy NY 12180", "10432"), ("order 10432 goes to Gartenstraße 12, 10115 Berlin", "10432"), ("10434 zip 11215", "10434"),
    ("order no 10432", "10432"), ("KB-2003 weeks ago", "KB-2003"),
])
def test_beside_an_address_the_order_number_is_still_found(text: str, number: str) -> None:
    assert told(Frame(text), asked=True).number == number


def test_a_year_is_no_order_number() -> None:
    assert numbers_in("it sent me to hospital in 2019, and again in summer 2021") == []
    assert numbers_in("order 2019, please") == ["2019"]


@pytest.mark.parametrize("text", ["someone should ring me. +44 7700 900123", "the post code is wrong, should be 2517 KL"])
def test_a_telephone_number_and_a_postcode_are_no_order(text: str) -> None:
    assert not numbers_in(text)
