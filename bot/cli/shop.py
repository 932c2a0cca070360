"""The shop owner's commands on the shop itself: `glasskin shop check`."""

from __future__ import annotations

import typer
from babel.numbers import UnknownCurrencyError, validate_currency
from rich.console import Console

from bot.answers.shop.policy import TOPIC
from bot.answers.shop.services import POLICIES
from bot.nearest import did_you_mean
from bot.paths import DATA
from bot.settings import settings
from bot.store.policies import Shop, load_shop

shop = typer.Typer(help="Look at the shop's own policies: check.", no_args_is_help=True, rich_markup_mode=None)
console = Console()


@shop.callback()
def _several() -> None:
    """Keeps `check` a command of its own."""


@shop.command("check")
def check_shop() -> None:
    """Check data/shop.yml: that it can be used, and that every support question people ask has its policy."""
    found = load_shop(settings().shop)
    mistakes = mistakes_of(found)
    for mistake in mistakes:
        console.print(mistake, markup=False, highlight=False, soft_wrap=True)
    if mistakes:
        raise typer.Exit(1)
    console.print(f"{found.name}: {len(found.policies)} policies, one for every support question.", markup=False, soft_wrap=True)


def mistakes_of(found: Shop) -> list[str]:
    """What is missing or unknown in a shop's policies, a line each."""
    asked = asked_kinds()
    mistakes = [f"no policy for {kind!r}: people asking get only the contact" for kind in sorted(asked - set(found.policies))]
    known = asked | _intents()
    mistakes += [f"the policy {kind!r} answers no question that people can ask.{did_you_mean(kind, asked)}" for kind in sorted(set(found.policies) - known)]
    try:
        validate_currency(found.currency)
    except UnknownCurrencyError:
        mistakes.append(f"the currency {found.currency!r} is none; write a code such as USD or KRW")
    if "@" not in found.contact.email:
        mistakes.append(f"the e-mail address {found.contact.email!r} is none")
    return mistakes


def asked_kinds() -> set[str]:
    """The kinds of question that are answered with a policy."""
    return set(POLICIES) - {TOPIC}


def _intents() -> set[str]:
    return {path.stem.removeprefix("ask_") for path in (DATA / "nlu").glob("*.yml")}
