"""What a mail from the staff says: the words that were written anew, without what was quoted, and whether anybody wrote it at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser
from typing import Optional

from bot.support.places.mail.composing import MADE_BY, MARK

AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "Auto-Reply", "List-Id", "List-Unsubscribe", "X-Loop", MADE_BY)
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
TOKEN = re.compile(r"[0-9a-f]{20}")
ATTRIBUTION = re.compile(
    r"^(?:(?:on|am|le|el|il|op|den|em)\b.{4,160}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,120}:$"
    r"|.{4,160}님이 작성:$|.{4,160}<[^<>@\s]{1,64}@[^<>\s]{1,120}>.{0,40}:$)",
    re.IGNORECASE | re.DOTALL,
)
"""What mail programs put in front of a quote, in one to three lines."""
ORIGINAL = re.compile(r"^(?:-{2,10} ?(?:original message|ursprüngliche nachricht|forwarded message|message d'origine|원본 메시지) ?-{2,10}|_{20,80})$", re.IGNORECASE)
HEADER = re.compile(r"^\*?(?:from|von|de|da|보낸 사람) ?:\*?\s.{0,200}(?:@|\[mailto)", re.IGNORECASE)
SIGNATURE = re.compile(r"--\s?$|sent from my |gesendet von|von meinem .{1,20} gesendet|get outlook for|나의 .{1,20}에서 보냄", re.IGNORECASE)
COMMAND = re.compile(r"/(note|bot|close|unresolved)\b[ \t]*", re.IGNORECASE)
ATTRIBUTION_LINES = 3
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "blockquote"})
UNSEEN = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True)
class Answer:
    """What somebody of the staff wrote: the command at its head ("note", "bot", "close", "unresolved" or none) and the words."""

    command: str
    text: str


def is_automatic(message: EmailMessage) -> bool:
    """Whether nobody wrote it: an automatic reply, a report of the mail system, a list, or a mail of our own (RFC 3834, RFC 3464)."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    returned = message.get("Return-Path")
    bounces = returned is not None and not parseaddr(str(returned))[1]
    return (
        submitted not in ("no", "") or precedence in BULK or bounces or message.get_content_type() == "multipart/report"
        or any(message.get(name) is not None for name in AUTOMATIC)
    )  # fmt: skip


def token_of(message: EmailMessage) -> str:
    """The token of the conversation that a mail answers: behind the plus of an address, else in the names of the mails that it
    answers; empty where there is none."""
    fields = [str(value) for name in ("To", "Cc", "Delivered-To", "X-Original-To") for value in message.get_all(name, [])]
    for _, address in getaddresses(fields):
        tag = address.rpartition("@")[0].partition("+")[2]
        if TOKEN.fullmatch(tag):
            return tag
    for name in ("In-Reply-To", "References"):
        if found := TOKEN.search(str(message.get(name, ""))):
            return found[0]
    return ""


def sender_of(message: EmailMessage) -> str:
    """The one address that a mail says it is from, in lower case; empty where it says none or several."""
    found = [address.lower() for _, address in getaddresses([str(one) for one in message.get_all("From", [])]) if address]
    return found[0] if len(found) == 1 else ""


def answer_in(message: EmailMessage) -> Answer:
    """What was written anew."""
    return split(unquoted(body_of(message)))


def body_of(message: EmailMessage) -> str:
    """The text of a mail; of one in HTML its words."""
    for kind in ("plain", "html"):
        part: Optional[EmailMessage] = message.get_body((kind,))  # type: ignore[assignment]
        if part is None:
            continue
        try:
            content = str(part.get_content())
        except (LookupError, ValueError):  # an unknown charset
            payload = part.get_payload(decode=True)
            content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        text = content if kind == "plain" else _words_of(content)
        if text.strip():
            return text.replace("\r\n", "\n").replace("\xa0", " ")
    return ""


def unquoted(text: str) -> str:
    """The words above what was quoted, without a signature."""
    lines = text.split("\n")
    kept: list[str] = []
    for place, line in enumerate(lines):
        if MARK in line or ORIGINAL.match(line.strip()) or (HEADER.match(line.strip()) and _is_head(lines[place:])) or SIGNATURE.match(line.strip()):
            break
        if _is_attribution(lines[place : place + ATTRIBUTION_LINES]):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def split(text: str) -> Answer:
    """The command at the head of an answer, and the rest."""
    found = COMMAND.match(text)
    return Answer(found[1].lower(), text[found.end() :].strip()) if found else Answer("", text)


def _is_attribution(lines: list[str]) -> bool:
    """Whether these lines begin with what stands in front of a quote: it ends with a colon, and a quote or our mark follows."""
    joined = ""
    for count, line in enumerate(lines, 1):
        joined = f"{joined} {line.strip()}".strip()
        if ATTRIBUTION.match(joined):
            return True
        if not line.strip() or count == ATTRIBUTION_LINES:
            return False
    return False


def _is_head(lines: list[str]) -> bool:
    """Whether "From: ..." is the head of a quoted mail: more of such a head follows."""
    marks = ("sent:", "to:", "date:", "subject:", "gesendet:", "an:", "betreff:", "envoyé", "objet", "보낸 날짜", "받는 사람")
    following = [line.strip().lstrip("*").lower() for line in lines[1:5]]
    return sum(line.startswith(marks) for line in following) >= 1


class _Words(HTMLParser):
    """The words of HTML, a line for each block, quotes marked as such."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        self._unseen += tag in UNSEEN
        self._quotes += tag == "blockquote"
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self._quotes = max(0, self._quotes - (tag == "blockquote"))
        if tag in BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen and not self._quotes:
            self.parts.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _words_of(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    lines = [line.strip() for line in "".join(words.parts).split("\n")]
    return "\n".join(line for place, line in enumerate(lines) if line or (place and lines[place - 1])).strip()


def headers(message: EmailMessage) -> Mapping[str, str]:
    """What names a mail, for the log."""
    return {"message-id": str(message.get("Message-ID", "")).strip()}
