"""The questions of a set-up, each with what it is for and how its answer is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import UnknownCurrencyError, validate_currency

from bot.answers.shop.payment import ways_to_pay
from bot.nearest import did_you_mean
from bot.teaching.claims import medical_claims

LONGEST = 500
ANYWHERE = ("everywhere", "worldwide", "anywhere")
ALSO = {"usa": "US", "us": "US", "uk": "GB", "england": "GB", "korea": "KR", "holland": "NL", "the netherlands": "NL", "uae": "AE", "the us": "US", "the uk": "GB"}
EU = ("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE")
Answers = Mapping[str, Any]


class AnswerError(ValueError):
    """An answer cannot be used; the message is a sentence that says why."""


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes:
        key: where its answer stands in `shop.yml`, "policies.return.say".
        asks: the question.
        why: what the answer is for, in a sentence.
        read: gives the value of an answer, or raises AnswerError.
        needed: whether it cannot be left out.
        proposes: gives an answer to take or change, from the answers before; empty for none.
        show: a value as it is typed.
    """

    key: str
    asks: str
    why: str
    read: Callable[[str], Any]
    needed: bool = False
    proposes: Callable[[Answers], str] = lambda _: ""
    show: Callable[[Any], str] = str


def said(text: str) -> str:
    """Words that customers read.

    Raises:
        AnswerError: they are too long, or make a medical claim.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise AnswerError(f"That is longer than {LONGEST} characters.")
    claims = medical_claims(words)
    if claims:
        raise AnswerError(f"That makes a medical claim (“{claims[0]}”), which a cosmetic must not make.")
    return words


def currency(text: str) -> str:
    """A currency's code.

    Raises:
        AnswerError: there is no such currency.
    """
    code = text.strip().upper()
    try:
        validate_currency(code)
    except UnknownCurrencyError as error:
        raise AnswerError(f"{text} is no currency; write a code such as USD, EUR or KRW.") from error
    return code


def email(text: str) -> str:
    """An e-mail address.

    Raises:
        AnswerError: it is none.
    """
    name, _, host = text.strip().partition("@")
    if not name or "." not in host.strip(".") or any(one in text.strip() for one in " ,;<>"):
        raise AnswerError(f"{text} is no e-mail address.")
    return text.strip()


def countries(text: str) -> list[str]:
    """The codes of countries that are named, with commas between; "EU" is all of the European Union.

    Raises:
        AnswerError: one is none that is known.
    """
    found: list[str] = []
    for name in filter(None, (one.strip() for one in text.replace(";", ",").replace("\n", ",").split(","))):
        if name.lower() in ANYWHERE:
            raise AnswerError("Name the countries; leave it empty where you deliver to all of them.")
        if name.lower() in ("eu", "the eu", "european union"):
            found += EU
            continue
        code = _codes().get(name.lower())
        if code is None:
            raise AnswerError(f"{name} is no country that is known.{did_you_mean(name, _codes())}")
        found.append(code)
    return list(dict.fromkeys(found))


def ways(text: str) -> list[str]:
    """The keys of ways to pay that are named, with commas between.

    Raises:
        AnswerError: one is none that is known.
    """
    known = {name.lower(): key for key, one in ways_to_pay().items() for name in (one["name"], key, *one["said"])}
    found: list[str] = []
    for name in filter(None, (one.strip() for one in text.split(","))):
        key = known.get(name.lower())
        if key is None:
            raise AnswerError(f"{name} is no way to pay that is known; leave it out here and name it in your words on payment.{did_you_mean(name, known)}")
        found.append(key)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    names = {name.lower(): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    return {**{code.lower(): code for code in names.values()}, **names, **ALSO}


def names_of(codes: Sequence[str]) -> str:
    """Countries as a sentence names them."""
    names = [str(Locale("en").territories[code]) for code in codes]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def shown_countries(codes: Sequence[str]) -> str:
    """Countries as they are typed, all of the European Union as "EU"."""
    whole = set(EU) <= set(codes)
    names = [str(Locale("en").territories.get(code, code)) for code in codes if not whole or code not in EU]
    return ", ".join([*names, "EU"] if whole else names)


def shown_ways(keys: Sequence[str]) -> str:
    """Ways to pay as they are typed."""
    return ", ".join(str(ways_to_pay()[key]["name"]) if key in ways_to_pay() else key for key in keys)


def _about(answers: Answers) -> str:
    return f"{answers['name']} is an online shop for skincare." if answers.get("name") else ""


def _area(answers: Answers) -> str:
    codes = answers.get("delivers_to") or []
    within = [one for one in codes if one not in EU]
    named = names_of(within) + (" and the EU" if within else "the EU") if set(EU) <= set(codes) else names_of(codes)
    return f"We deliver to {named}." if codes else ""


def _payment(answers: Answers) -> str:
    names = [str(ways_to_pay()[key]["name"]) for key in answers.get("pays_with") or []]
    listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""
    return f"The shop takes {listed}." if names else ""


def _policy(kind: str, asks: str, why: str, proposes: Callable[[Answers], str] = lambda _: "") -> Question:
    return Question(f"policies.{kind}.say", asks, why, said, proposes=proposes)


QUESTIONS: Sequence[Question] = (
    Question("name", "What is your shop called?", "Customers read it in many answers.", said, needed=True),
    Question("about", "What is it, in a sentence?", "Said when somebody asks what the shop is.", said, needed=True, proposes=_about),
    Question("currency", "Which currency are your prices in?", "A code such as USD, EUR or KRW.", currency, needed=True, proposes=lambda _: "USD"),
    Question("contact.email", "At which e-mail address do customers reach you?", "Said whenever only a person can help.", email),
    Question("contact.phone", "And by which telephone number?", "Leave it empty if you don't answer the telephone.", said),
    Question("contact.hours", "When does somebody answer?", "For example: Monday to Friday, 9:00 to 18:00 (New York time).", said),
    Question("contact.address", "What is the shop's address?", "Said when somebody asks where you are.", said),
    Question("delivers_to", "Which countries do you deliver to?", "With commas between: USA, Canada, EU. Customers who ask about one are told yes or no.", countries, show=shown_countries),
    _policy("delivery_area", "What do you say on where you deliver to?", "Put the main sentence first.", _area),
    _policy("delivery_time", "How long does delivery take?", "From the order to the door, also abroad."),
    _policy("delivery_cost", "What does delivery cost?", "With the amount from which it is free, if there is one."),
    _policy("carrier", "With whom do you send parcels?", "And whether there is a tracking number."),
    _policy("return", "What can be returned, within how many days, and how?", "Also whether opened products can."),
    _policy("refund", "How and when do you refund?", "For example: within five days after the return reaches us, the way it was paid."),
    _policy("report_problem", "What do you do when something arrives damaged, wrong or not at all?", "And what you need to know for that."),
    _policy("order_status", "Where do customers see how their order is?", "For example: the tracking link is in the shipping confirmation, and under Orders in their account."),
    _policy("cancel_order", "Until when can an order be cancelled?", "And how."),
    _policy("change_order", "What can be changed in an order, and until when?", "The address, the items; and how."),
    Question("pays_with", "Which ways to pay do you take?", "With commas between: Visa, PayPal, Apple Pay. Customers who ask about one are told yes or no.", ways, show=shown_ways),
    _policy("payment", "What do you say on payment?", "In your words.", _payment),
    _policy("how_to_order", "How does one order?", "As a guest or with an account, and whether there is a minimum."),
    _policy("discount", "What do you say on discounts, codes and samples?", "Prices that are fixed can be said to be so."),
    _policy("authenticity", "Why can customers trust that everything is original?", "For example: we buy only from the brands themselves."),
)
