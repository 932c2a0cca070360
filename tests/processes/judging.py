"""Looks in the database whether everything that was said is there, once, in order, and each turn in one piece."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import create_engine

from tests.peers.telegram import TelegramPeer
from tests.processes.talking import ABOUT_ME, REMEMBERED, Talk

EVENTS = text("SELECT type_name, action_name, data FROM events WHERE sender_id = :sender ORDER BY id")


@dataclass
class Verdict:
    """How many messages were stored, and how many were not as they should be."""

    messages: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    torn: int = 0
    forgotten: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """What went wrong, by kind; empty where nothing did."""
        return {name: count for name, count in asdict(self).items() if count and name != "messages"}


def judged(database: str, talks: list[Talk]) -> Verdict:
    """What the database holds of these conversations."""
    verdict = Verdict()
    engine = create_engine(database, future=True)
    with engine.connect() as connection:
        for talk in talks:
            rows = [(kind, action, json.loads(data)) for kind, action, data in connection.execute(EVENTS, {"sender": talk.sender})]
            _judge(talk, rows, verdict)
    engine.dispose()
    return verdict


def _judge(talk: Talk, rows: list[tuple[str, Any, dict[str, Any]]], verdict: Verdict) -> None:
    by_text = talk.sender.startswith("telegram:")
    heard = [data["text"] if by_text else data["message_id"] for kind, _, data in rows if kind == "user"]
    sent = [one for lane in talk.lanes for one in lane]
    verdict.messages += len(sent)
    counted = Counter(heard)
    expected = Counter(sent)
    verdict.lost += sum((expected - counted).values())
    verdict.doubled += sum(max(0, counted[one] - count) for one, count in expected.items())
    for lane in talk.lanes:
        in_lane = [one for one in heard if one in set(lane)]
        verdict.out_of_order += sum(one != other for one, other in zip(in_lane, lane))
    verdict.torn += _torn(rows)
    verdict.forgotten += sum(REMEMBERED not in said for said in talk.said_at_last) + (not talk.said_at_last)


def _torn(rows: list[tuple[str, Any, dict[str, Any]]]) -> int:
    """How many messages another one came in between with, before they were answered and listening went on."""
    torn, is_open, said = 0, False, False
    for kind, action, _ in rows:
        if kind == "user":
            torn += is_open
            is_open, said = True, False
        elif kind == "bot":
            said = True
        elif kind == "action" and action == "action_listen" and is_open:
            torn += not said
            is_open = False
    return torn + is_open


def replies_too_many(peer: TelegramPeer, talks: list[Talk]) -> int:
    """How many replies Telegram's people got more than they sent messages, of those that are one message each."""
    more = 0
    for talk in talks:
        if talk.sender.startswith("telegram:"):
            about_me = [one for one in peer.chat(int(talk.sender.split(":")[1])) if "told me" in one.text]
            more += len(about_me) - talk.lanes[0].count(ABOUT_ME)
    return more
