"""Mails to the staff: plain text, one thread for each conversation, marked as automatic so that nothing answers them by itself."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate

from bot.phrases import phrases
from bot.support.handoff import Author, Line, Talk
from bot.support.places import telling
from bot.support.places.mail.account import Account
from bot.support.places.telling import in_one_line

MARK = "##--"
"""Begins the line above which an answer is written; everything from it on is ours."""
MADE_BY = "X-Glasskin"
LAST_LINES = 30
LONGEST_SUBJECT = 70


def message_id(account: Account, token: str, part: str) -> str:
    """The name of a mail, which tells the conversation by its token."""
    return f"<{token}.{part}@{account.address.rpartition('@')[2]}>"


def reply_address(account: Account, token: str) -> str:
    """Where answers go: the mailbox with the token behind a plus."""
    local, _, domain = account.address.rpartition("@")
    return f"{local}+{token}@{domain}"


def mail(account: Account, talk: Talk, token: str, part: str, text: str, to: Iterable[str] = ()) -> EmailMessage:
    """A mail of a conversation's thread.

    Args:
        account: whose mailbox it is.
        talk: the conversation.
        token: what names it.
        part: what names this mail of it; the first is "0".
        text: what stands in it.
        to: to whom, all of the staff without any.
    """
    said = phrases()
    made = EmailMessage(policy=SMTP)
    first = message_id(account, token, "0")
    made["From"] = formataddr((in_one_line(said.say("mail_from", who=telling.who(talk))), account.address))
    made["To"] = ", ".join(to or account.staff)
    made["Reply-To"] = reply_address(account, token)
    subject = said.say("mail_subject", what=in_one_line(talk.summary.wish or talk.last_line or said.say("mail_no_words"))[:LONGEST_SUBJECT], token=token[:6])
    made["Subject"] = subject if part == "0" else f"Re: {subject}"
    made["Message-ID"] = message_id(account, token, part)
    if part != "0":
        made["In-Reply-To"] = made["References"] = first
    made["Date"] = formatdate()
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made[MADE_BY] = token
    made.set_content(f"{MARK} {said.say('mail_above')}\n\n{text.strip()}\n")
    return made


def trial(account: Account) -> EmailMessage:
    """A mail that shows the staff that mails reach them."""
    said = phrases()
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = account.address, ", ".join(account.staff)
    made["Subject"], made["Date"], made["Auto-Submitted"] = said.say("mail_trial_subject"), formatdate(), "auto-generated"
    made[MADE_BY] = "trial"
    made.set_content(said.say("mail_trial"))
    return made


def transcript(account: Account, email: str, thread: Iterable[Line], shop: str) -> EmailMessage:
    """A copy of a conversation for the customer, without what is for the staff alone."""
    said = phrases()
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = formataddr((in_one_line(shop), account.address)), email
    made["Subject"], made["Date"], made["Auto-Submitted"] = said.say("mail_copy_subject", shop=in_one_line(shop)), formatdate(), "auto-generated"
    made[MADE_BY] = "transcript"
    lines = [f"{line.at:%Y-%m-%d %H:%M} {transcribed(line)}" for line in thread if line.author is not Author.NOTE and not line.withheld]
    made.set_content("\n".join((said.say("mail_copy", shop=shop), "", *lines)))
    return made


def opening(talk: Talk, thread: Iterable[Line]) -> str:
    """What the first mail of a hand-over says: what is known, and the last lines."""
    lines = [transcribed(line) for line in thread if line.author is not Author.NOTE and not line.withheld][-LAST_LINES:]
    return "\n".join((*telling.facts(talk), "", *lines))


def transcribed(line: Line) -> str:
    """A line as a mail shows it; nothing that a customer wrote can be taken for our mark."""
    return telling.transcribed(line, "\n".join(f"  {part}" if part.startswith(MARK) else part for part in line.text.splitlines()))
