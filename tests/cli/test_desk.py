"""`glasskin desk`: who may sign in."""

from __future__ import annotations

import re
from pathlib import Path

from bot.desk.members import Members
from bot.store.database import Database
from tests.cli.conftest import Run, told


def may(var: Path, name: str, password: str) -> bool:
    database = Database(f"sqlite:///{var / 'shop.sqlite'}")
    found = Members(database).known(name, password) is not None
    database.dispose()
    return found


def test_the_first_is_an_owner_and_gets_a_password(run: Run, var: Path) -> None:
    assert "Nobody may sign in yet" in run("desk", "list-users").stdout
    first = run("desk", "add-user", "Mina Park").stdout
    assert "/desk/, as owner" in first
    password = re.findall(r"shown this once: (\S+)", first)[0]
    assert may(var, "mina park", password) and not may(var, "mina park", password + "x")
    assert "as agent" in run("desk", "add-user", "Joon").stdout
    assert "as owner" in run("desk", "add-user", "Sofia", "--role", "owner").stdout
    assert [line.split("  ")[:2] for line in run("desk", "list-users").stdout.splitlines()] == [
        ["Joon", "agent"], ["Mina Park", "owner"], ["Sofia", "owner"]
    ]


def test_a_password_can_be_given(run: Run, var: Path) -> None:
    answer = run("desk", "add-user", "Mina", "--ask", answer="my own password\n")
    assert "shown this once" not in answer.stdout and may(var, "Mina", "my own password")
    assert "10 characters" in told(run("desk", "password", "Mina", "--ask", answer="short\n"))
    again = run("desk", "password", "Mina").stdout
    assert may(var, "Mina", re.findall(r"shown this once: (\S+)", again)[0]) and not may(var, "Mina", "my own password")


def test_names_are_once_and_can_be_read(run: Run) -> None:
    run("desk", "add-user", "Mina")
    assert "There is a MINA already" in told(run("desk", "add-user", "MINA"))
    for name in ("", "  ", "!", "x" * 61, "a\x07b"):
        assert "A name needs a letter" in told(run("desk", "add-user", name))


def test_members_are_kept_out_and_let_in(run: Run) -> None:
    run("desk", "add-user", "Mina")
    run("desk", "add-user", "Joon")
    assert "only owner" in told(run("desk", "disable", "Mina"))
    assert "Joon is kept out" in run("desk", "disable", "Joon").stdout
    assert "kept out" in run("desk", "list-users").stdout
    assert "Joon may sign in again" in run("desk", "enable", "Joon").stdout
    assert "only owner" in told(run("desk", "remove", "Mina"))
    assert "Joon has no account any more" in run("desk", "remove", "joon").stdout
    assert "Joon" not in run("desk", "list-users").stdout
    assert "There is no Nobody" in told(run("desk", "disable", "Nobody"))


def test_the_only_owner_stays_though_all_others_are_gone(run: Run) -> None:
    run("desk", "add-user", "Mina")
    for act in ("remove", "disable"):
        assert "only owner" in told(run("desk", act, "Mina"))
    run("desk", "add-user", "Joon", "--role", "owner")
    run("desk", "disable", "Joon")
    assert "only owner" in told(run("desk", "remove", "Mina"))
    assert "Joon has no account any more" in run("desk", "remove", "Joon").stdout
    assert "Mina has no account any more" in run("desk", "remove", "Mina", "--last").stdout


def test_the_mail_on_the_week_is_printed_and_sent_only_to_somebody(run: Run) -> None:
    printed = run("desk", "week").stdout
    assert ": the week from " in printed and "Messages" in printed and "/desk/insight" in printed
    assert "WEEK_MAIL_TO" in told(run("desk", "week", "--send"))
