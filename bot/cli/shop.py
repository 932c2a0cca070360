"""The shop owner's commands on the shop itself: `glasskin shop check`, `glasskin shop connect check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated, List, Optional, Sequence

import typer
from babel.numbers import UnknownCurrencyError, validate_currency
from rich.console import Console

from bot.answers.shop.asked_topics import own_topics, shop_topics, unsaid_topics
from bot.answers.shop.payment import ways_to_pay
from bot.answers.shop.policy import CONTACT, HUMAN
from bot.answers.shop.services import POLICIES
from bot.cli.connect import connect
from bot.home.folder import LESSONS, Home, HomeError
from bot.nearest import did_you_mean
from bot.paths import DATA
from bot.rasa.lean import prepare_rasa
from bot.rules.knowledge import load
from bot.set_up.topics import begins_with_yes_or_no
from bot.settings import settings
from bot.store.policies import Shop, ShopError, load_shop
from bot.support import own_pictures
from bot.teaching.kinds import kinds
from bot.teaching.lessons import parsed
from bot.teaching.looking_over import lesson_mistakes
from bot.understanding.asked import AskedError, AskedFinder
from bot.understanding.topics import SHOP_TOPIC, Topic

shop = typer.Typer(help="The shop: check its policies, and the connection to its engine.", no_args_is_help=True, rich_markup_mode=None)
console = Console()


shop.add_typer(connect, name="connect")


@shop.callback()
def _several() -> None:
    """Keeps `check` a command of its own."""


@shop.command("check")
def check_shop(
    questions: Annotated[
        Optional[Path], typer.Option(exists=True, dir_okay=False, help="A text file with a question a line: say which topic each of them catches.")
    ] = None,
) -> None:
    """Check what your shop says, in your own shop.yml once `glasskin init` wrote it, else in data/shop.yml: that it can be used, that every support
    question people ask has its policy, and which topics that every shop is asked are not answered yet. Your lessons.yml is looked over too."""
    found = load_shop(settings().shop, settings().home)
    topics = _topics(found)
    mistakes = [*mistakes_of(found), *mistaken_lessons(), *mistaken_pictures(found), *_mistaken_phrases(found, topics)]
    for mistake in mistakes:
        _line(mistake)
    if mistakes:
        raise typer.Exit(1)
    unsaid = unsaid_topics(found, topics)
    _line(f"{found.name}: {len(found.policies)} policies, one for every support question; {len(topics.entries) - len(unsaid)} of {len(topics.entries)} topics answered.")
    if questions is not None:
        for line in caught(questions.read_text(encoding="utf-8").splitlines(), found, topics):
            _line(line)
        return
    if unsaid:
        _line("Not answered; people are told that the shop has not said. Fill in say, and answer where yes or no fits, under topics:")
        for name in unsaid:
            _line(f"  {name}: {topics.entries[name].question}")


def mistakes_of(found: Shop) -> list[str]:
    """What is missing or unknown in a shop's policies, a line each."""
    asked = asked_kinds()
    mistakes = [f"no policy for {kind!r}: people asking get only the contact" for kind in sorted(asked - {CONTACT, HUMAN} - set(found.policies))]
    known = asked | _intents()
    mistakes += [f"the policy {kind!r} answers no question that people can ask.{did_you_mean(kind, asked)}" for kind in sorted(set(found.policies) - known)]
    try:
        validate_currency(found.currency)
    except UnknownCurrencyError:
        mistakes.append(f"the currency {found.currency!r} is none; write a code such as USD or KRW")
    if not found.contact.ways:
        mistakes.append("no e-mail address and no phone: people are not told how to reach the shop")
    if found.contact.email and "@" not in found.contact.email:
        mistakes.append(f"the e-mail address {found.contact.email!r} is none")
    mistakes += [f"pays_with: {one!r} is no way to pay that is known.{did_you_mean(one, ways_to_pay())}" for one in found.pays_with if one not in ways_to_pay()]
    known_topics = {*asked, *found.topics, *shop_topics(found).entries}
    for one in found.people.offer.topics:
        if one not in known_topics:
            mistakes.append(f"people.offer.topics: {one!r} is no policy and no topic.{did_you_mean(one, known_topics)}")
    if found.people.offer.words and not all(any(letter.isalnum() for letter in one) for one in found.people.offer.words):
        mistakes.append("people.offer.words: a phrase without a word is never said")
    for name, topic in found.topics.items():
        if topic.answer is not None and begins_with_yes_or_no(topic.say):
            mistakes.append(f"topics.{name}: say begins with yes or no, which answer puts there already")
    return mistakes


def mistaken_lessons() -> list[str]:
    """What is wrong with what was taught, a line each."""
    chosen = settings()
    return lesson_mistakes(Home(chosen.home).text(LESSONS), lambda: load(chosen.knowledge), kinds)


def mistaken_pictures(found: Shop) -> list[str]:
    """What is wrong with the owner's pictures, a line each."""
    home = Home(settings().home)
    named = {f"topics.{name}.picture": topic.picture for name, topic in found.topics.items() if topic.picture}
    with suppress(HomeError):  # of which `mistaken_lessons` tells
        named |= {f"{LESSONS}, {one.id}, picture": one.picture for one in parsed(home.text(LESSONS)) if one.picture}
    return own_pictures.mistakes(home, named)


def caught(questions: Sequence[str], found: Shop, topics: AskedFinder[Topic]) -> List[str]:
    """Each question with the topic that it catches and whether that is answered, or a dash."""
    prepare_rasa()
    from bot.nlu.hearing import hearer
    from bot.understanding.asked_check import read_as
    from bot.understanding.reader import Reader

    reader, hear = Reader(), hearer()
    unsaid = set(unsaid_topics(found, topics))
    lines: List[str] = []
    for question in filter(None, (one.strip() for one in questions)):
        names = [one.name for one in topics.all(read_as(question, next(iter(topics.entries.values())), reader, hear))]
        state = " (not answered)" if names and names[0] in unsaid else ""
        beside = f", beside {', '.join(names[1:])}" if len(names) > 1 else ""
        lines.append(f"{names[0] if names else '-'}{state}{beside}: {question}")
    return lines


def asked_kinds() -> set[str]:
    """The kinds of question that are answered with a policy."""
    return set(POLICIES) - {SHOP_TOPIC}


def _topics(found: Shop) -> AskedFinder[Topic]:
    try:
        return shop_topics(found)
    except AskedError as error:
        raise ShopError(f"data/shop.yml or data/understanding/topics: {error}") from error


def _mistaken_phrases(found: Shop, topics: AskedFinder[Topic]) -> List[str]:
    """What is wrong with the examples of topics, the pack's beside the shop's own."""
    prepare_rasa()
    from bot.nlu.hearing import hearer
    from bot.understanding.asked_check import mistakes
    from bot.understanding.reader import Reader

    return [f"{one.where}: {one.what}" for one in mistakes(topics, Reader(), hearer(), "topics", own_topics(found))]


def _line(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _intents() -> set[str]:
    return {path.stem.removeprefix("ask_") for path in (DATA / "nlu").glob("*.yml")}
