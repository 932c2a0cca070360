"""The tickets of the shop's staff: `glasskin tickets list`, `glasskin tickets close`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from bot.answers.resources import resources
from bot.cli.errors import stop
from bot.cli.store import shop_database
from bot.store.requests import RequestStore
from bot.support.handoff import Conversations
from bot.support.settling import settle

tickets = typer.Typer(help="What customers asked for in the chat and the staff must do: list, answered, close.", no_args_is_help=True, rich_markup_mode=None)
console = Console()


@tickets.command("list")
def list_tickets() -> None:
    """List the tickets that wait, the oldest first."""
    orders = resources().orders
    if orders is not None:
        settle(orders)  # what was broken off behind a customer's yes is a ticket too
    with shop_database() as database:
        found = RequestStore(database).open_tickets()
    for one in found:
        to = f", answer to {one.email}" if one.email else ""
        console.print(f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {one.text}{to}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"{len(found)} tickets wait.")


@tickets.command("answered")
def answered(number: Annotated[str, typer.Argument(help="The ticket's number, such as T1001.")]) -> None:
    """Note that a customer was answered: that is what the chat says when they ask."""
    _move(number, "answered")


@tickets.command("close")
def close(number: Annotated[str, typer.Argument(help="The ticket's number, such as T1001.")]) -> None:
    """Close a ticket."""
    _move(number, "closed")


def _move(number: str, state: str) -> None:
    with shop_database() as database:
        moved = Conversations(database).move_ticket(number, state, by="")
    if not moved:
        stop(f"There is no ticket {number!r}. `glasskin tickets list` shows those that wait.")
    console.print(f"Ticket {number.upper()}: {state}.")
