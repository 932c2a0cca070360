"""The places elsewhere that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import SHORTEST_SECRET, Settings, SettingsError
from bot.store.database import Database
from bot.store.handoff_models import AGENT_LENGTH
from bot.store.pictures import PictureStore
from bot.support.handoff import Conversations, Handoff
from bot.support.mailing import LOOPBACK, Mailer, Server
from bot.support.places.carrying import Carrier
from bot.support.places.chatwoot.api import Chatwoot, Inbox
from bot.support.places.chatwoot.hearing import Hearing as ChatwootHearing
from bot.support.places.chatwoot.place import NAME as CHATWOOT
from bot.support.places.chatwoot.place import ChatwootPlace
from bot.support.places.chatwoot.taking import Taking
from bot.support.places.kept import Kept
from bot.support.places.mail.account import Account, staff_in
from bot.support.places.mail.arriving import Arriving
from bot.support.places.mail.place import NAME as MAIL
from bot.support.places.mail.place import MailPlace
from bot.support.places.rounds import Rounds
from bot.support.places.telegram.api import GroupApi
from bot.support.places.telegram.hearing import Hearing as GroupHearing
from bot.support.places.telegram.members import Members
from bot.support.places.telegram.place import NAME as TELEGRAM
from bot.support.places.telegram.place import TelegramPlace
from bot.support.places.webhook.hearing import Hearing
from bot.support.places.webhook.place import NAME as WEBHOOK
from bot.support.places.webhook.place import Hook, WebhookPlace

LOOK_EVERY_S = 60.0
"""So often a place that tells of what happens is looked at nevertheless, as it may tell in vain."""


@dataclass(frozen=True)
class Elsewhere:
    """A place with what sees to it."""

    place: Handoff
    rounds: Callable[[Conversations], Rounds]


def places_of(database: Database, chosen: Settings) -> Sequence[Elsewhere]:
    """The places that are set up.

    Raises:
        SettingsError: one is set up by half, or cannot be used.
    """
    account, hook, group, inbox = mail_account(chosen), webhook(chosen), telegram_group(chosen), chatwoot_inbox(chosen)
    found = [
        _mail(database, account, chosen.mail_every) if account else None,
        _webhook(database, hook) if hook else None,
        _telegram(database, group) if group else None,
        _chatwoot(database, Chatwoot(inbox)) if inbox else None,
    ]
    return [one for one in found if one is not None]


def telegram_group(chosen: Settings) -> GroupApi | None:
    """The staff's group of the settings; None where there is none.

    Raises:
        SettingsError: there is a group and no bot.
    """
    if not chosen.telegram_staff_group:
        return None
    if not chosen.telegram_token:
        raise SettingsError("TELEGRAM_TOKEN is missing: staff answer in TELEGRAM_STAFF_GROUP only where the bot of customers is set up.")
    return GroupApi(chosen.telegram_token, chosen.telegram_api, int(chosen.telegram_staff_group))


def group_hearing_of(database: Database, chosen: Settings, talks: Conversations) -> GroupHearing | None:
    """Takes what is done in the staff's group of the settings; None where there is none."""
    group = telegram_group(chosen)
    return GroupHearing(group, talks, Kept(database, TELEGRAM), Members(group)) if group else None


def chatwoot_inbox(chosen: Settings) -> Inbox | None:
    """The inbox of Chatwoot of the settings; None where there is none.

    Raises:
        SettingsError: naming what is missing or wrong.
    """
    given = {"CHATWOOT_URL": chosen.chatwoot_url, "CHATWOOT_TOKEN": chosen.chatwoot_token, "CHATWOOT_SECRET": chosen.chatwoot_secret}
    _all_or_none(given, "staff answer in Chatwoot")
    if not any(value.strip() for value in given.values()):
        return None
    if len(chosen.chatwoot_secret.strip()) < SHORTEST_SECRET:
        raise SettingsError("CHATWOOT_SECRET cannot be used: it is the bot's webhook secret, which Chatwoot shows at the bot.")
    try:
        return Inbox.of(chosen.chatwoot_url, chosen.chatwoot_token, chosen.chatwoot_secret)
    except ValueError as error:
        raise SettingsError(f"CHATWOOT_URL cannot be used: {error}.") from None


def chatwoot_hearing_of(database: Database, chosen: Settings, talks: Conversations) -> tuple[ChatwootHearing, Taking] | None:
    """Hears what Chatwoot posts, and takes what happened there; None where staff don't answer there."""
    inbox = chatwoot_inbox(chosen)
    if inbox is None:
        return None
    return ChatwootHearing(inbox.secret), Taking(Chatwoot(inbox), talks, Kept(database, CHATWOOT))


def webhook(chosen: Settings) -> Hook | None:
    """The helpdesk of the settings; None where there is none.

    Raises:
        SettingsError: naming what is missing or wrong.
    """
    given = {
        "DESK_WEBHOOK_URL": chosen.desk_webhook_url, "DESK_WEBHOOK_SECRET": chosen.desk_webhook_secret, "DESK_WEBHOOK_STAFF": chosen.desk_webhook_staff,
    }  # fmt: skip
    _all_or_none(given, "a helpdesk is told")
    if not any(given.values()):
        return None
    parts = urlsplit(chosen.desk_webhook_url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SettingsError("DESK_WEBHOOK_URL cannot be used: write an https address, or an http one of this machine.")
    if len(chosen.desk_webhook_secret) < SHORTEST_SECRET:
        raise SettingsError(f"DESK_WEBHOOK_SECRET cannot be used: it needs at least {SHORTEST_SECRET} characters.")
    names = [name.strip() for name in chosen.desk_webhook_staff.split(",") if name.strip()]
    if not names or any(len(name) > AGENT_LENGTH for name in names):
        raise SettingsError(f"DESK_WEBHOOK_STAFF cannot be used: write names of at most {AGENT_LENGTH} characters, with commas between.")
    return Hook(chosen.desk_webhook_url, chosen.desk_webhook_secret, names)


def hearing_of(database: Database, chosen: Settings, talks: Conversations) -> Hearing | None:
    """Takes what the helpdesk of the settings posts; None where there is none."""
    hook = webhook(chosen)
    return Hearing(hook, talks, Kept(database, WEBHOOK)) if hook else None


def _all_or_none(given: Mapping[str, str], what: str) -> None:
    missing = [name for name, value in given.items() if not value.strip()]
    if missing and len(missing) < len(given):
        raise SettingsError(f"{', '.join(missing)} is missing: {what} only where all of {', '.join(given)} are set.")


def mailer(chosen: Settings) -> Mailer | None:
    """Where mail of the settings goes out; None where none does.

    Raises:
        SettingsError: naming what is missing or wrong.
    """
    _all_or_none({"MAIL_ADDRESS": chosen.mail_address, "MAIL_SMTP_URL": chosen.mail_smtp_url}, "mail goes out")
    if not chosen.mail_address.strip():
        return None
    name = "MAIL_ADDRESS"
    try:
        (address,) = staff_in(chosen.mail_address)
        name = "MAIL_SMTP_URL"
        return Mailer(address, Server.of(chosen.mail_smtp_url, "smtp"))
    except ValueError as error:
        raise SettingsError(f"{name} cannot be used: {error}.") from None


def mail_account(chosen: Settings) -> Account | None:
    """The mailbox of the settings; None where staff don't answer by mail.

    Raises:
        SettingsError: naming what is missing or wrong.
    """
    coming = {"MAIL_IMAP_URL": chosen.mail_imap_url, "MAIL_STAFF": chosen.mail_staff}
    going = {"MAIL_ADDRESS": chosen.mail_address, "MAIL_SMTP_URL": chosen.mail_smtp_url}
    _all_or_none({**going, **coming} if any(value.strip() for value in coming.values()) else coming, "staff answer by mail")
    out = mailer(chosen)
    if out is None or not any(value.strip() for value in coming.values()):
        return None
    name = "MAIL_IMAP_URL"
    try:
        imap = Server.of(chosen.mail_imap_url, "imap")
        name = "MAIL_STAFF"
        staff = staff_in(chosen.mail_staff)
    except ValueError as error:
        raise SettingsError(f"{name} cannot be used: {error}.") from None
    if out.address in staff:
        raise SettingsError("MAIL_STAFF names the mailbox of MAIL_ADDRESS itself: what it sends would come back to it.")
    return Account(out.address, out.smtp, imap, staff)


def _webhook(database: Database, hook: Hook) -> Elsewhere:
    kept = Kept(database, WEBHOOK)
    place = WebhookPlace(hook, kept)
    return Elsewhere(place, lambda talks: Rounds(WEBHOOK, kept, Carrier(talks, place, kept)))


def _telegram(database: Database, group: GroupApi) -> Elsewhere:
    kept = Kept(database, TELEGRAM)
    place = TelegramPlace(group, kept, PictureStore(database))
    return Elsewhere(place, lambda talks: Rounds(TELEGRAM, kept, Carrier(talks, place, kept, place.said_together)))


def _chatwoot(database: Database, api: Chatwoot) -> Elsewhere:
    kept = Kept(database, CHATWOOT)
    place = ChatwootPlace(api, kept, PictureStore(database))

    def rounds(talks: Conversations) -> Rounds:
        carrier = Carrier(talks, place, kept, place.said_together)
        return Rounds(CHATWOOT, kept, carrier, Taking(api, talks, kept).take_all, LOOK_EVERY_S)

    return Elsewhere(place, rounds)


def _mail(database: Database, account: Account, every_s: float) -> Elsewhere:
    kept = Kept(database, MAIL)
    place = MailPlace(account, kept)

    def rounds(talks: Conversations) -> Rounds:
        return Rounds(MAIL, kept, Carrier(talks, place, kept), Arriving(account, place, talks, kept).fetch, every_s)

    return Elsewhere(place, rounds)
