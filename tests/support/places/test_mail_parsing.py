"""Of a mail the words count that were written anew, whatever program and language quoted the rest."""

from __future__ import annotations

from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from bot.settings import Settings, SettingsError
from bot.support.places.chosen import mail_account
from bot.support.places.mail.account import Server, staff_in
from bot.support.places.mail.parsing import answer_in, is_automatic, sender_of, token_of, unquoted

QUOTED = "> ##-- Answer above this line\n> where is it"


@pytest.mark.parametrize(("text", "left"), [
    (f"Hello\n\nOn Sat, 28 Nov 2026 at 17:00, Visitor (chat) <care@shop.example> wrote:\n{QUOTED}", "Hello"),
    (f"Hello\n\nOn Sat, 28 Nov 2026 at 17:00, Visitor (chat)\n<care+0123456789abcdef0123@shop.example> wrote:\n\n{QUOTED}", "Hello"),
    (f"Hallo\n\nAm Sa., 28. Nov. 2026 um 17:00 Uhr schrieb Visitor <care@shop.example>:\n{QUOTED}", "Hallo"),
    (f"안녕하세요\n\n2026년 11월 28일 (토) 오후 5:00, Visitor (chat) <care@shop.example>님이 작성:\n{QUOTED}", "안녕하세요"),
    (f"Bonjour\n\nLe sam. 28 nov. 2026 à 17:00, Visitor <care@shop.example> a écrit :\n{QUOTED}", "Bonjour"),
    ("Hello\n\n-----Original Message-----\nFrom: Visitor\n##-- x", "Hello"),
    ("Hello\n________________________________\nFrom: Visitor <care@shop.example>\nSent: Saturday\nTo: Minji", "Hello"),
    ("Hello\n\nFrom: Visitor <care@shop.example>\nSent: Saturday\nTo: Minji\nSubject: x\n\n##-- y", "Hello"),
    ("Hello\nBye\n\n-- \nMinji\nMoonjar", "Hello\nBye"), ("Hello\n\nSent from my phone", "Hello"),
    ("##-- Answer above this line\nx", ""), (QUOTED, ""), ("", ""),
    ("On Monday we wrote: three parcels\nleft us", "On Monday we wrote: three parcels\nleft us"),
    ("> where is it\nIn Chicago", "In Chicago"),
    ("From: our side it is fine\nBye", "From: our side it is fine\nBye"),
    ("Write to us at <care@shop.example> any time", "Write to us at <care@shop.example> any time"),
])
def test_quotes_and_signatures_go(text: str, left: str) -> None:
    assert unquoted(text) == left


def mail(text: str = "Hello", subtype: str = "plain", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, subtype=subtype)
    return cast(EmailMessage, message_from_string(made.as_string(), policy=default))


def test_html_alone_becomes_words() -> None:
    html = '<html><head><style>x{}</style></head><body><p>Hello <b>you</b></p><div>Bye</div><blockquote>quoted</blockquote><script>x()</script></body></html>'
    assert answer_in(mail(html, "html")).text == "Hello you\n\nBye"


@pytest.mark.parametrize(("text", "command", "left"), [
    ("/note x y", "note", "x y"), ("/CLOSE", "close", ""), ("/bot\nBye", "bot", "Bye"), ("/noted", "", "/noted"), ("see /close", "", "see /close"),
])
def test_the_first_word_may_be_for_us(text: str, command: str, left: str) -> None:
    found = answer_in(mail(text))
    assert (found.command, found.text) == (command, left)


def test_broken_mails_are_read_as_far_as_they_go() -> None:
    raw = "From: a@b.example\nContent-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: 8bit\n\nHello"
    assert answer_in(cast(EmailMessage, message_from_string(raw, policy=default))).text == "Hello"
    cut = "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello"
    assert answer_in(cast(EmailMessage, message_from_string(cut, policy=default))).text == "Hello"
    assert answer_in(mail("x", From="a@b.example")).text == "x" and token_of(mail()) == "" and sender_of(mail()) == ""


def test_reports_of_the_mail_system_are_nobodys() -> None:
    raw = "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\nfailed\n--x--"
    assert is_automatic(cast(EmailMessage, message_from_string(raw, policy=default)))
    assert not is_automatic(mail(From="a@b.example", Auto_Submitted="no", Return_Path="<a@b.example>"))


@pytest.mark.parametrize("address", ["http://host", "smtp://", "smtps://user@host:port", "host", ""])
def test_addresses_of_servers_that_are_none(address: str) -> None:
    with pytest.raises(ValueError):
        Server.of(address, "smtp")


def test_addresses_of_servers() -> None:
    assert Server.of("smtps://me%40x.example:p%2Fw@mail.example", "smtp") == Server("smtps", "mail.example", 465, "me@x.example", "p/w")
    assert Server.of("imap://127.0.0.1:8143", "imap").is_plain and not Server.of("imap://mail.example", "imap").is_plain
    assert staff_in("Mina <Mina@Shop.example>, joon.kim@shop.example") == {"mina@shop.example": "Mina", "joon.kim@shop.example": "Joon Kim"}


WHOLE = {"mail_address": "care@shop.example", "mail_smtp_url": "smtps://a:b@mail.example", "mail_imap_url": "imaps://a:b@mail.example", "mail_staff": "mina@shop.example"}


def test_what_is_set_up_by_half_is_said() -> None:
    assert mail_account(Settings()) is None and mail_account(Settings(**WHOLE)) is not None
    assert mail_account(Settings(**{**WHOLE, "mail_imap_url": "", "mail_staff": ""})) is None, "mail that only goes out is enough for codes"
    for name in WHOLE:
        with pytest.raises(SettingsError, match=name.upper()):
            mail_account(Settings(**{**WHOLE, name: ""}))
    for name, value in (("mail_address", "care"), ("mail_smtp_url", "x"), ("mail_imap_url", "smtp://x"), ("mail_staff", "mina"), ("mail_staff", "care@shop.example")):
        with pytest.raises(SettingsError, match=name.upper()):
            mail_account(Settings(**{**WHOLE, name: value}))
