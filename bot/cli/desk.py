"""Who of the staff may enter the desk: `glasskin desk add-user`, `list-users`, `password`, `disable`, `enable`, `remove`; `week` is the owner's mail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Optional

import typer
from rich.console import Console

from bot.cli.errors import stop
from bot.cli.store import shop_database
from bot.desk.members import Member, MemberError, Members, Role
from bot.desk.passwords import WeakPassword, made
from bot.desk.week.sending import week_mails
from bot.settings import settings
from bot.store.models import utc_now
from bot.store.policies import load_shop
from bot.store.reviews.counts import WEEK, monday_of
from bot.support.handoff import HandoffUnreachable
from bot.support.mailing import MailUnreachable
from bot.support.places.chosen import mail_account
from bot.support.places.mail.composing import trial

desk = typer.Typer(help="The staff's desk at /desk/: who may sign in.", no_args_is_help=True, rich_markup_mode=None)
console = Console()
Name = Annotated[str, typer.Argument(help="The name to sign in with. Customers read it.")]


@desk.command("add-user")
def add_user(
    name: Name,
    role: Annotated[Optional[Role], typer.Option(help="agent answers customers, owner also sees to the staff; the first one is an owner.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for a password instead of making one.")] = False,
) -> None:
    """Let somebody sign in. Prints a new password; with --ask asks for one, or reads it where it is piped in."""
    with _staff() as staff:
        given = _given(ask)
        password = given or made()
        member = staff.add(name, password, role or (Role.AGENT if staff.members() else Role.OWNER))
    console.print(f"{member.name} may sign in at {_address()}, as {member.role.value}.", highlight=False, soft_wrap=True)
    _tell(password, given)


@desk.command("password")
def password(name: Name, ask: Annotated[bool, typer.Option("--ask", help="Ask for it instead of making one.")] = False) -> None:
    """Give somebody a new password. Wherever they are signed in, they are signed out."""
    with _staff() as staff:
        given = _given(ask)
        new = given or made()
        staff.set_password(name, new)
    console.print(f"A new password for {name}.", highlight=False, soft_wrap=True)
    _tell(new, given)


@desk.command("check-mail")
def check_mail() -> None:
    """Sign in to the mailbox of staff who answer by mail, and send each of them a mail."""
    account = mail_account(settings())
    if account is None:
        stop("Nobody answers by mail: set MAIL_ADDRESS, MAIL_SMTP_URL, MAIL_IMAP_URL and MAIL_STAFF in .env (docs/person.md).")
    try:
        account.box().logout()
        console.print(f"The mailbox of {account.address} can be read.", highlight=False, soft_wrap=True)
        account.send(trial(account))
    except HandoffUnreachable as error:
        stop(f"{error}.")
    console.print(f"A mail went to {', '.join(account.staff)}.", highlight=False, soft_wrap=True)


@desk.command("week")
def week(send: Annotated[bool, typer.Option("--send", help="Send it to WEEK_MAIL_TO now, whether or not it went out by itself.")] = False) -> None:
    """Print the mail on the last whole week, or send it."""
    chosen = settings()
    with shop_database() as database:
        mails = week_mails(chosen, database, lambda: load_shop(chosen.shop, chosen.home))
        monday = monday_of(utc_now().date()) - WEEK
        if not send:
            typer.echo(mails.letter(monday).text)
            return
        if not mails.to:
            stop("Nobody gets it: set WEEK_MAIL_TO in .env (docs/person.md).")
        try:
            mails.send(monday)
        except MailUnreachable as error:
            stop(f"{error}.")
    typer.echo(f"The mail on the week from {monday} went to {', '.join(mails.to)}.")


@desk.command("list-users")
def list_users() -> None:
    """List who may sign in."""
    with _staff() as staff:
        members = staff.members()
    for one in members:
        console.print(_line(one), markup=False, highlight=False, soft_wrap=True)
    if not members:
        console.print("Nobody may sign in yet: `glasskin desk add-user NAME`.", soft_wrap=True)


@desk.command("disable")
def disable(name: Name) -> None:
    """Keep somebody out, from now on and wherever they are signed in. What they wrote stays."""
    with _staff() as staff:
        member = staff.disable(name)
    console.print(f"{member.name} is kept out.", highlight=False)


@desk.command("enable")
def enable(name: Name) -> None:
    """Let somebody in again who was kept out."""
    with _staff() as staff:
        member = staff.disable(name, False)
    console.print(f"{member.name} may sign in again.", highlight=False)


@desk.command("remove")
def remove(
    name: Name, last: Annotated[bool, typer.Option("--last", help="The only owner too, though nobody can see to the staff then.")] = False
) -> None:
    """Delete somebody's account. What they wrote stays, under their name."""
    with _staff() as staff:
        member = staff.remove(name, last)
    console.print(f"{member.name} has no account any more.", highlight=False)


@contextmanager
def _staff() -> Iterator[Members]:
    with shop_database() as database:
        try:
            yield Members(database)
        except (MemberError, WeakPassword) as error:
            stop(str(error))


def _given(ask: bool) -> str:
    """A password that whoever types the command gives; empty for one to be made."""
    if ask and sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return "" if sys.stdin.isatty() or not ask else sys.stdin.readline().rstrip("\n")


def _tell(password: str, given: str) -> None:
    if not given:
        console.print(f"Password, shown this once: {password}", markup=False, highlight=False, soft_wrap=True)


def _address() -> str:
    chosen = settings()
    return f"http://{chosen.host}:{chosen.port}/desk/"


def _line(member: Member) -> str:
    kept_out = ", kept out" if member.disabled else ""
    return f"{member.name}  {member.role.value}{kept_out}  since {member.created:%Y-%m-%d}"
