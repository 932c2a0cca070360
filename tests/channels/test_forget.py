"""Whoever asks to be forgotten is erased on every channel, and is told what happened after it has."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.channels.web_client import tab
from tests.cli.conftest import Run, run, var
from tests.conftest import Assistant

FACTS = [f"planted{number:02}fact" for number in range(20)]
WORDINGS = ["delete my data", "forget me", "please erase everything about me", "GDPR: I want all my personal data deleted"]
OILY, PROFILE = "my skin is oily", "what do you know about me?"
__all__ = ["run", "var"]


def rows(folder: Path, sender: str) -> int:
    """How many events there are of somebody."""
    with closing(sqlite3.connect(folder / "var" / "conversations.sqlite")) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM events WHERE sender_id = ?", (sender,)).fetchone()[0])


@pytest.mark.parametrize("wording", WORDINGS)
def test_over_rest(wording: str, assistant: Assistant, server_folder: Path) -> None:
    assistant.text(OILY)
    sender = f"rest:{assistant.sender}"
    assert rows(server_folder, sender)
    said = assistant.text(wording)
    assert "is erased" in said and "(2 messages)" in said
    assert rows(server_folder, sender) == 0
    assert "nothing" in assistant.text(PROFILE)


def test_with_another_question_in_the_same_message(assistant: Assistant, server_folder: Path) -> None:
    assistant.text(OILY)
    said = assistant.text("What is a toner? And please delete my data.")
    assert ("is erased" in said) == (rows(server_folder, f"rest:{assistant.sender}") == 0)


def test_on_the_web(server: str, server_folder: Path) -> None:
    async def visit() -> tuple[str, str, str, int]:
        async with tab(server) as visitor, tab(server, visitor.token) as other:
            await visitor.ask(OILY)
            await visitor.ask("plan my week with retinol")
            said = await visitor.ask("forget me")
            await other.next("conversation_restarted")
            await other.next("bot_uttered", suits=lambda reply: "is erased" in reply["text"])
            left = len(await visitor.begin(visitor.token))
            known = (await visitor.ask(PROFILE))[0]["text"]
            return said[-1]["text"], str(known), str(visitor.token), left

    said, known, token, left = asyncio.run(visit())
    assert "is erased" in said and "(3 messages)" in said and "nothing" in known and left == 0


def test_no_file_of_the_server_holds_what_was_said(assistant: Assistant, server_folder: Path) -> None:
    for fact in FACTS:
        assistant.text(f"I am allergic to {fact}, can I use a {fact} serum?")
    assistant.text("plan my week with retinol and glycolic acid")

    def found() -> set[str]:
        content = b"".join(path.read_bytes() for path in (server_folder / "var").rglob("*") if path.is_file())
        content += (server_folder / "log").read_bytes()
        return {fact for fact in FACTS if fact.encode() in content}

    assert found() == set(FACTS)
    assert "is erased" in assistant.text("delete my data")
    assert found() == set()


def test_what_cannot_be_erased_is_not_said_to_be(assistant: Assistant, server_folder: Path) -> None:
    assistant.text(OILY)
    with closing(sqlite3.connect(server_folder / "var" / "shop.sqlite", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        said = assistant.text("delete my data")
    assert "could not erase" in said and "is erased" not in said
    assert rows(server_folder, f"rest:{assistant.sender}")
    assert "is erased" in assistant.text("delete my data")


def test_commands(assistant: Assistant, server_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR", str(server_folder / "var"))
    sender = f"rest:{assistant.sender}"
    assistant.text("I am allergic to zzunheardof")
    assert sender in run("privacy", "find", "ZZUNHEARDOF").stdout
    assert "zzunheardof" in run("privacy", "export", sender).stdout
    assert "conversations, rest" in run("privacy", "report").stdout
    assert "is erased: 1 messages" in run("privacy", "erase", sender, "--yes").stdout
    assert rows(server_folder, sender) == 0
    again = run("privacy", "erase", sender, "--yes")
    assert again.exit_code == 1 and "Nothing was kept" in again.stderr
    assert "nothing" in assistant.text(PROFILE)
