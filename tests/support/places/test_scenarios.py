"""The scenarios that concern every place, with the staff behind a webhook, at their mailboxes, in a Telegram group and in Chatwoot, as at the desk:
nothing lost, nothing doubled, nothing said by the assistant while a person has the talk."""

from __future__ import annotations

import json
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest

from bot.support.places.carrying import Carrier
from bot.support.places.kept import Kept
from bot.support.places.mail.account import Account, Server, staff_in
from bot.support.places.mail.arriving import Arriving
from bot.support.places.mail.place import NAME as MAIL
from bot.support.places.mail.place import MailPlace
from bot.support.places.rounds import Rounds
from bot.support.places.webhook.hearing import Hearing
from bot.support.places.webhook.place import NAME as WEBHOOK
from bot.support.places.webhook.place import Hook, WebhookPlace
from bot.support.places.webhook.signing import signed
from tests.peers.chatwoot import ChatwootPeer
from tests.peers.mail import CARE, PASSWORD, MailServer, body, reply_to
from tests.peers.telegram import TelegramPeer
from tests.support.handoff.scenarios import SCENARIOS, Scenario
from tests.support.handoff.stage import STAFF, Stage
from tests.support.places.going import go_round
from tests.support.places.in_chatwoot import InChatwoot, chatwoot
from tests.support.places.in_group import ELSEWHERE, InGroup, peer
from tests.support.places.test_mail import one_server, server
from tests.support.places.test_webhook import SECRET, Helpdesk, helpdesk

__all__ = ["chatwoot", "helpdesk", "one_server", "peer", "server"]
EVERYWHERE = pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.everywhere], ids=lambda one: one.name)
DIES = pytest.mark.parametrize("dies", [False, True], ids=["lives", "dies"])
CUSTOMER = "Customer: "


class BehindWebhook:
    """The staff at a helpdesk that is told of events and posts its own."""

    def __init__(self, desk: Helpdesk) -> None:
        self._desk, self._numbers = desk, count(1)
        self._hook = Hook(f"http://127.0.0.1:{desk.server.server_port}/chat", SECRET, STAFF)

    def begin(self, stage: Stage) -> None:
        """A process begins."""
        kept = Kept(stage.database, WEBHOOK, stage.clock)
        self._stage = stage
        self._rounds = Rounds(WEBHOOK, kept, Carrier(stage.talks, WebhookPlace(self._hook, kept), kept))
        self._hearing = Hearing(self._hook, stage.talks, kept, lambda: stage.now.timestamp())

    def settle(self) -> None:
        """What changed is posted, and once more nothing is."""
        for _ in range(2):
            go_round(self._stage, self._rounds)

    def go(self, up: bool) -> None:
        """The helpdesk takes nothing, or everything again."""
        self._desk.status = 200 if up else 503

    def reply(self, agent: str, text: str) -> None:
        """The same words again are the same event."""
        self._post(f"{agent} {text}", "reply", agent, text)

    def act(self, agent: str, what: str, version: int) -> None:
        """An event of its own."""
        self._post(f"act {next(self._numbers)}", what, agent, "")

    def note(self, agent: str, text: str) -> None:
        """A note is an event as well."""
        self._post(f"note {text}", "note", agent, text)

    def _post(self, event_id: str, event: str, agent: str, text: str) -> None:
        conversation = self._desk.told[-1]["conversation"]
        sent = json.dumps({"id": event_id, "event": event, "conversation": conversation, "agent": agent, "text": text}).encode()
        for _ in range(2):  # every event is posted twice, as by a helpdesk that lost the answer
            assert self._hearing.hear(sent, signed(SECRET, sent, int(self._stage.now.timestamp()))).status in (200, 409)

    def seen(self) -> list[str]:
        """The customer's lines, by the events as a helpdesk takes them: each id once."""
        shown: dict[str, str] = {}
        twice: list[str] = []
        for event in {one["id"]: one for one in self._desk.told}.values():
            lines = [one for one in event.get("lines", ()) if one["author"] == "customer"]
            twice += [event["line"]["text"]] if "line" in event and event["line"]["id"] in shown else []
            shown.update({one["id"]: one["text"] for one in (*lines, *filter(None, [event.get("line")]))})
        return [*shown.values(), *twice]


class ByMail:
    """The staff at their own mailboxes."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._mails: list[EmailMessage] = []
        self._sent: dict[str, EmailMessage] = {}
        self._account = Account(
            CARE, Server("smtp", "127.0.0.1", server.smtp_port, "", ""), Server("imap", "127.0.0.1", server.imap_port, CARE, PASSWORD),
            staff_in(", ".join(f"{name} <{_address(name)}>" for name in STAFF)),
        )
        self._up, self._there = True, 0

    def begin(self, stage: Stage) -> None:
        """A process begins, and looks at the mailbox."""
        kept = Kept(stage.database, MAIL, stage.clock)
        place = MailPlace(self._account, kept)
        self._stage = stage
        arriving = Arriving(self._account, place, stage.talks, kept)
        self._rounds = Rounds(MAIL, kept, Carrier(stage.talks, place, kept), arriving.fetch, take_every_s=0)
        self.settle()

    def settle(self) -> None:
        """Mails go out and come in."""
        go_round(self._stage, self._rounds)
        if self._up:
            found = self._server.inbox(_address(STAFF[0]))
            self._mails += found[self._there :]
            self._there = len(found)

    def go(self, up: bool) -> None:
        """The mail server goes down, or is there again, with empty mailboxes."""
        (self._server.start if up else self._server.stop)()
        self._up, self._there = up, 0
        if up:  # the assistant finds the mailbox as new, too
            go_round(self._stage, self._rounds)

    def reply(self, agent: str, text: str) -> None:
        """The same words again are the same mail."""
        self._answer(agent, text, f"<{agent}-{'-'.join(text.split())}@shop.example>")

    def act(self, agent: str, what: str, version: int) -> None:
        """By a first word for the assistant."""
        word = {"give_back": "/bot", "close": "/close"}[what]
        self._answer(agent, word, f"<{agent}-{what}@shop.example>")

    def note(self, agent: str, text: str) -> None:
        """By another first word."""
        self._answer(agent, f"/note {text}", f"<{agent}-note-{'-'.join(text.split())}@shop.example>")

    def _answer(self, agent: str, text: str, name: str) -> None:
        if name not in self._sent:
            self._sent[name] = reply_to(self._mails[0], f"{agent} <{_address(agent)}>", text, Message_ID=name)
        self._server.send(self._sent[name])

    def seen(self) -> list[str]:
        """The customer's lines, by the mails as a mail program shows them: each name once. A hand-over that begins anew repeats what
        was said before."""
        shown: list[str] = []
        for mail in {str(one["Message-ID"]): one for one in self._mails}.values():
            lines = [line.removeprefix(CUSTOMER) for line in body(mail).splitlines() if line.startswith(CUSTOMER)]
            opens = "is waiting (" in body(mail)
            shown += [line for line in lines if not opens or line not in shown]
        return shown


def _address(agent: str) -> str:
    return f"{agent.lower()}@shop.example"


@DIES
@EVERYWHERE
def test_behind_a_webhook(scenario: Scenario, dies: bool, helpdesk: Helpdesk, tmp_path: Path) -> None:
    Stage(tmp_path, BehindWebhook(helpdesk), dies).play(scenario)


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.name not in ELSEWHERE], ids=lambda one: one.name)
def test_in_a_telegram_group(scenario: Scenario, peer: TelegramPeer, tmp_path: Path) -> None:
    Stage(tmp_path, InGroup(peer)).play(scenario)


@EVERYWHERE
def test_in_a_telegram_group_with_a_process_that_dies(scenario: Scenario, peer: TelegramPeer, tmp_path: Path) -> None:
    Stage(tmp_path, InGroup(peer), dies=True).play(scenario)


@EVERYWHERE
def test_by_mail(scenario: Scenario, server: MailServer, tmp_path: Path) -> None:
    Stage(tmp_path, ByMail(server)).play(scenario)


@DIES
@EVERYWHERE
def test_in_chatwoot(scenario: Scenario, dies: bool, chatwoot: ChatwootPeer, tmp_path: Path) -> None:
    Stage(tmp_path, InChatwoot(chatwoot), dies).play(scenario)
