"""Prices as shops write them; what may mean two things, or another currency, is refused by name."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError, RowError, UnusableFile
from bot.store.importers.prices import Prices, decimal_comma_in
from tests.store.cases import only, take


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("24.00", 2400), ("$1,299.00", 129900), ("1,299.00", 129900), ("1.299,00", 129900), ("12,50", 1250), ("18,000", 1800000),
        ("1 299,00", 129900), ("1'299.00", 129900), ("24.00 USD", 2400), ("USD 24.00", 2400), ("24.00USD", 2400), ("12.5", 1250),
        ("12.3456", 1235), ("12.500000", 1250), ("16.806723", 1681), ("20.", 2000), ("0", 0), ("1.299.000", 129900000), (".5", 50),
        ("0.999", 100),
    ],
)
def test_prices_in_dollars(text: str, amount: int) -> None:
    assert Prices("USD").read(text).amount == amount


@pytest.mark.parametrize(
    ("text", "currency", "comma", "amount"),
    [
        ("12,50 €", "EUR", True, 1250), ("€12.50", "EUR", False, 1250), ("1.299", "EUR", True, 129900), ("₩18,000", "KRW", False, 18000),
        ("18.000원", "KRW", False, 18000), ("18000.00", "KRW", False, 18000), ("Rs. 999", "INR", False, 99900), ("1 234,50 zł", "PLN", True, 123450),
    ],
)
def test_prices_in_other_currencies(text: str, currency: str, comma: bool, amount: int) -> None:
    found = Prices(currency, comma).read(text)
    assert (found.amount, found.currency) == (amount, currency)


@pytest.mark.parametrize("text", ["1.299", "Free", "10.00 - 20.00", "", "-1.00", "1e3", "NaN", "12,34,5", "from 20"])
def test_what_is_no_one_price_is_refused(text: str) -> None:
    with pytest.raises(RowError):
        Prices("USD").read(text)


def test_a_comma_before_three_digits_is_ambiguous_where_commas_begin_decimals() -> None:
    with pytest.raises(RowError, match="thousands or decimals"):
        Prices("EUR", decimal_comma=True).read("1,299")


@pytest.mark.parametrize("text", ["€12.50", "₩18,000", "Rs. 999", "12 zł"])
def test_a_sign_against_the_shops_currency_refuses_the_file(text: str) -> None:
    with pytest.raises(CatalogueFileError, match="--currency"):
        Prices("USD").read(text)


def test_how_a_file_writes_its_prices() -> None:
    assert decimal_comma_in("title;price\nA;12,50\nB;1.299,00\n")
    assert not decimal_comma_in("title,price\nA,12.50\nB,20.00\n")


READ = {0: 129900, 1: 129900, 2: 129900, 3: 1250, 7: 1800000, 8: 129900, 10: 2400, 11: 1250, 12: 1235, 13: 1250, 17: 0, 18: 2000}
OTHER_SIGN = {4: "EUR", 5: "EUR", 6: "KRW", 9: "INR"}


@pytest.mark.parametrize("number", range(19))
def test_files_of_one_price(database: Database, number: int) -> None:
    name = f"20_price_{number:02d}.csv"
    if number in READ:
        take(database, name)
        assert only(database).price_min == READ[number]
    elif number in OTHER_SIGN:
        with pytest.raises(CatalogueFileError, match=f"--currency {OTHER_SIGN[number]}"):
            take(database, name)
        take(database, name, currency=OTHER_SIGN[number])
        assert only(database).currency == OTHER_SIGN[number]
    else:
        with pytest.raises(UnusableFile, match="range|not a number|missing"):
            take(database, name)


@pytest.mark.parametrize(
    ("number", "amount", "currency"),
    [(0, 2400, "EUR"), (1, 2400, "EUR"), (2, 2400, "USD"), (3, 2400, "USD"), (4, 129900, "USD"), (5, 2400, "USD"), (6, 24, "KRW")],
)
def test_prices_of_feeds(database: Database, number: int, amount: int, currency: str) -> None:
    take(database, f"80_google_price_{number}.tsv")
    assert (only(database).price_min, only(database).currency) == (amount, currency)


def test_an_unreadable_price_before_is_left_out(database: Database) -> None:
    take(database, "21_compare_at_unreadable.csv")
    assert (only(database).price_min, only(database).variants[0].compare_at_price) == (2000, 2500)


def test_net_prices_are_rounded_and_that_is_said(database: Database) -> None:
    report = take(database, "21b_woo_net_price.csv")
    assert only(database).price_min == 1681 and any("rounded" in one for one in report.notices)


def test_won_with_decimals(database: Database) -> None:
    take(database, "21c_krw.csv", currency="KRW")
    assert only(database).price_min == 18000
