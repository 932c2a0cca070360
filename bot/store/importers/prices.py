"""Prices as shops write them: "12,50", "$1,299.00", "1.299,00", "₩18,000", "24.00 USD", "16.806723"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import UnknownCurrencyError, get_currency_precision, validate_currency

from bot.paths import CATALOGUE
from bot.store.importers.base import CatalogueFileError, RowError
from bot.yaml_files import read_yaml

HIGHEST_PRICE = 2_000_000_000
"""In minor units; what fits the column."""
SIGNS = CATALOGUE / "currency_signs.yml"
CODE_LETTERS = 3
GROUP = 3

_PLAIN = re.compile(r"\d+(?:\.\d{1,2})?")
# Bounded and held to the cell's start, so that no cell takes long: nobody writes a price with more around or in it.
_PRICE = re.compile(r"\A(?P<before>[^\d+-]{0,16}?)(?P<number>[+-]?[.,]?\d(?:[\d.,'’\s]{0,24}\d)?[.,]?)\s{0,4}(?P<behind>[^\d]{0,16})")
_RANGE = re.compile(r"\d\s{0,4}(?:-|–|—|~|to|bis|à)\s{0,4}\D{0,3}\d", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d{1,6},\d{2}(?![\d,.])")
_DECIMAL_POINT = re.compile(r"(?<![\d,.])\d{1,6}\.\d{2}(?![\d,.])")


@dataclass(frozen=True)
class Money:
    """An amount in minor units of its currency; `rounded` where the file's had more decimals than that has."""

    amount: int
    currency: str
    rounded: bool = False


class Prices:
    """Reads the prices of one file."""

    def __init__(self, currency: str, decimal_comma: bool = False) -> None:
        """
        Args:
            currency: the shop's, for prices without one.
            decimal_comma: whether the file writes "12,50", which decides what "1,299" is.
        """
        self._currency = currency
        self._comma = decimal_comma

    def read(self, text: str, named: str = "", what: str = "price") -> Money:
        """A price in minor units.

        Args:
            text: as written.
            named: the currency that the file names beside it, "" for none.
            what: what it is called in a refusal.

        Raises:
            RowError: when it is missing, negative, a range, no number, ambiguous or too high.
            CatalogueFileError: when its sign contradicts the currency: then every price would be wrong.
        """
        text = text.strip()
        currency = self._named(named) if named.strip() else self._currency
        if not text:
            raise RowError(f"the {what} is missing")
        if _PLAIN.fullmatch(text):
            return self._money(Decimal(text), currency, text, what)
        if _RANGE.search(text):
            raise RowError(f"the {what} {text[:40]!r} is a range; it must be one price")
        found = _PRICE.fullmatch(text)
        if not found:
            raise RowError(f"the {what} {text[:40]!r} is not a number such as 24.00")
        mark = f"{found['before']}{found['behind']}".strip(" .\u00a0")
        if mark:
            currency = self._marked(mark, currency, text, what)
        number = re.sub(r"[\s'’]", "", found["number"])
        if number.startswith("-"):
            raise RowError(f"the {what} {text[:40]} is negative")
        return self._money(self._value(number.lstrip("+"), currency, text, what), currency, text, what)

    def _money(self, value: Decimal, currency: str, text: str, what: str) -> Money:
        minor = value.scaleb(_decimals(currency))
        whole = minor.quantize(Decimal(1), ROUND_HALF_UP)
        if whole > HIGHEST_PRICE:
            raise RowError(f"the {what} {text[:40]} is too high")
        return Money(int(whole), currency, whole != minor)

    def _named(self, code: str) -> str:
        code = code.strip().upper()
        if not is_currency(code):
            raise RowError(f"{code[:20]!r} is not a currency code such as USD")
        return code

    def _marked(self, mark: str, currency: str, text: str, what: str) -> str:
        """The currency that a sign or a code beside a price tells."""
        if len(mark) == CODE_LETTERS and mark.isascii() and is_currency(mark.upper()):
            return mark.upper()
        meant = _signs().get(mark.lower())
        if meant is None:
            raise RowError(f"the {what} {text[:40]!r} is not a number such as 24.00")
        if currency not in meant:
            raise CatalogueFileError(
                f"Nothing was changed: the prices are written with {mark}, as in {text[:40]!r}, and the shop's currency is "
                f"{currency}. Set `currency` in data/shop.yml, or say --currency {meant[0]}."
            )
        return currency

    def _value(self, number: str, currency: str, text: str, what: str) -> Decimal:
        """The value of digits with points and commas: the last of two different marks begins the decimals, one that
        stands twice parts thousands, and one before other than three digits begins decimals."""
        last = max(number.rfind("."), number.rfind(","))
        if last < 0:
            return Decimal(number)
        mark, other = number[last], "," if number[last] == "." else "."
        whole, decimals = number[:last], number[last + 1 :]
        if other in whole:
            _check_groups(whole.split(other), text, what)
            return Decimal(f"{whole.replace(other, '')}.{decimals or 0}")
        if mark in whole:
            _check_groups(number.split(mark), text, what)
            return Decimal(number.replace(mark, ""))
        if len(decimals) == GROUP and whole not in ("", "0") and self._parts_thousands(mark, currency, whole, text, what):
            return Decimal(whole + decimals)
        return Decimal(f"{whole or 0}.{decimals or 0}")

    def _parts_thousands(self, mark: str, currency: str, whole: str, text: str, what: str) -> bool:
        """Whether a single mark before three digits parts thousands. Raises RowError where it may be either."""
        if not _decimals(currency) or (mark == ",") != self._comma and (mark == "," or self._comma):
            return len(whole) <= GROUP
        raise RowError(f"the {what} {text[:40]!r} may mean thousands or decimals; write it with two decimals")


def decimal_comma_in(start: str) -> bool:
    """Whether the beginning of a file has prices such as 12,50 rather than 12.50."""
    return len(_DECIMAL_COMMA.findall(start)) > len(_DECIMAL_POINT.findall(start))


@lru_cache(maxsize=64)
def is_currency(code: str) -> bool:
    """Whether a code is one of ISO 4217."""
    try:
        validate_currency(code)
    except UnknownCurrencyError:
        return False
    return True


def _check_groups(groups: list[str], text: str, what: str) -> None:
    if not groups[0] or len(groups[0]) > GROUP or any(len(group) != GROUP for group in groups[1:]):
        raise RowError(f"the {what} {text[:40]!r} is not a number such as 24.00")


_decimals = lru_cache(maxsize=64)(get_currency_precision)


@lru_cache(maxsize=1)
def _signs() -> dict[str, list[str]]:
    return {str(sign).lower(): codes for sign, codes in read_yaml(SIGNS).items()}
