"""`glasskin init`: asks what the shop is like and writes it into the owner's own files; what was answered is kept, so that it goes on where it was left."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.answers.shop.asked_topics import shop_topics, unsaid_topics
from bot.set_up.begun import draft_of
from bot.set_up.draft import Draft
from bot.set_up.questions import QUESTIONS, AnswerError, Question
from bot.settings import settings
from bot.store.policies import load_shop

console = Console()
SKIP = "-"


def init(again: Annotated[bool, typer.Option("--again", help="Begin anew: forget the answers of a set-up that was not finished.")] = False) -> None:
    """Set your shop up: name, contact, delivery, returns, payment. Each answer is checked and kept; stop whenever you like and go on later, here or
    at the desk."""
    draft = draft_of(settings())
    if again or (not draft.answers and draft.next() is None):
        draft.forget()
    if draft.begun:
        _line(f"Going on: {draft.done} of {len(QUESTIONS)} questions are answered. `glasskin init --again` begins anew.")
    else:
        _line(f"{len(QUESTIONS)} questions. Enter takes what stands in brackets, {SKIP} leaves a question out, Ctrl+C stops; `glasskin init` goes on later.")
    while (question := draft.next()) is not None:
        draft.answer(question, _asked(draft, question))
    draft.finish(_me())
    shop = load_shop(settings().shop, settings().home)
    unsaid = unsaid_topics(shop, shop_topics(shop))
    _line(f"\n{shop.name} is set up: {draft.path}. It counts at once; a running assistant says its new name from the next start on.")
    _line(f"{len(unsaid)} narrower questions are not answered yet: `glasskin shop check` lists them.")
    _line("Next: `glasskin import FILE` brings your products in, `glasskin desk add-user NAME` lets somebody answer customers.")


def _asked(draft: Draft, question: Question) -> Any:
    """The answer to a question, asked until it can be used; None where it is left out."""
    place = [one.key for one in QUESTIONS].index(question.key) + 1
    _line(f"\n{place}/{len(QUESTIONS)}  {question.asks}\n      {question.why}")
    proposed = draft.proposed(question)
    while True:
        text = _typed(proposed)
        if text in ("", SKIP):
            if not question.needed:
                return None
            _line("This is needed.")
            continue
        try:
            return question.read(text)
        except AnswerError as error:
            _line(str(error))


def _typed(proposed: str) -> str:
    """A line that was typed; what is proposed where it is empty."""
    if proposed:
        console.print(f"      [{proposed}]", markup=False, highlight=False, soft_wrap=True)
    console.print("> ", end="")
    line = sys.stdin.readline()
    if not line:
        _line("\nStopped. What was answered is kept: `glasskin init` goes on.")
        raise typer.Exit(1)
    return line.strip() or proposed


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "terminal"


def _line(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
