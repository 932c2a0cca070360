"""The rules on orders that a set-up asks, as they stand under `orders` in `shop.yml`; all others stay as they are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.home.merging import merged
from bot.set_up.questions import AnswerError, countries, shown_countries
from bot.set_up.shop_file import at
from bot.store.order_policy import OrderPolicy

ORDERS, HOME = "orders", "home"
MOST_DAYS = 365
PROOFS = {"number_and_email": "The order’s number and e-mail", "mailed_code": "A code mailed to the order’s e-mail"}
CHANGES = {**PROOFS, "nobody": "Nothing: changes become tickets"}
UNTIL = {"packed": "Until it is packed", "shipped": "Until it is sent", "never": "Never"}
YES_NO = {"no": "No", "yes": "Yes"}
USUAL = OrderPolicy()


def days(text: str) -> int:
    """A number of days.

    Raises:
        AnswerError: it is none.
    """
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 3 or int(plain) > MOST_DAYS:
        raise AnswerError(f"{text} is no number of days; {MOST_DAYS} are the most.")
    return int(plain)


def _home(text: str) -> list[str]:
    found = countries(text)
    if not found:
        raise AnswerError("Name a country at least.")
    return found


@dataclass(frozen=True)
class Rule:
    """A rule: its place under `orders`, what it asks, what it is for, what can be chosen if not anything, how it is read, how it is shown."""

    key: str
    asks: str
    why: str = ""
    choices: Mapping[str, str] | None = None
    read: Callable[[str], Any] = str
    show: Callable[[Any], str] = str


RULES: Sequence[Rule] = (
    Rule("see", "What proves a customer, to be told how an order is?", "", PROOFS),
    Rule("change", "And to see what is in it and change it?", "A mailed code needs MAIL_ADDRESS and MAIL_SMTP_URL in .env; without them changes become tickets.", CHANGES),
    Rule("cancel_until", "Until when may an order be cancelled?", "", UNTIL),
    Rule(HOME, "Which countries are near?", "With commas between. Everywhere else the longer time counts.", read=_home, show=shown_countries),
    Rule("working_days.dispatch", "After how many working days is an order sent?", "", read=days),
    Rule("working_days.delivery", "How many does it travel to countries that are near?", "", read=days),
    Rule("working_days.delivery_abroad", "And to all others?", "", read=days),
    Rule("returns.days", "Within how many days of delivery may unopened products come back?", "As your words on returns say it.", read=days),
    Rule("book_leads", "Does your shop work from the assistant’s own order book?", "No: it is a copy, or your shop’s engine is connected.", YES_NO, read=lambda text: text == "yes", show=lambda value: "yes" if value else "no"),
)  # fmt: skip


def standing(rules: Any, rule: Rule) -> str:
    """What stands in a rule's field: the owner's, else what counts without one. Several ways together are none that can be chosen, and which
    countries are near nobody can guess."""
    known = at(rules, rule.key)
    if known is None and rule.key == HOME:
        return ""
    value = at(_usual(), rule.key) if known is None else known
    if isinstance(value, list) and rule.choices:
        value = value[0] if len(value) == 1 else ""
    return rule.show(value) if value != "" else ""


def with_rules(rules: Any, typed: Mapping[str, str]) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The owner's rules with those that were typed, and what is wrong by the rules' places. An empty choice leaves its rule as it is.

    Args:
        rules: those of the owner's file, None for none.
        typed: a text for each place.
    """
    changed: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for rule in RULES:
        text = typed[rule.key]
        if rule.choices is not None and text not in rule.choices:
            continue
        try:
            *way, last = rule.key.split(".")
            target = changed
            for step in way:
                target = target.setdefault(step, {})
            target[last] = rule.read(text)
        except AnswerError as error:
            wrong[rule.key] = str(error)
    found = merged(rules or {}, changed)
    if not wrong:
        try:
            OrderPolicy.parse_obj(found)
        except ValidationError as error:
            first = error.errors()[0]
            wrong[RULES[0].key] = f"{'.'.join(map(str, first['loc']))} in shop.yml: {first['msg']}"
    return found, wrong


def _usual() -> Mapping[str, Any]:
    content: Mapping[str, Any] = USUAL.dict()
    return {**content, "see": [one.value for one in USUAL.see], "change": [one.value for one in USUAL.change], "cancel_until": USUAL.cancel_until.value}
