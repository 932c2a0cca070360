"""Who is there and until when, in words."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta, timezone

from babel.dates import format_date

from bot.answers.turn import Turn
from bot.phrases import inside
from bot.store.errors import StoreError
from bot.store.people_policy import Reason
from bot.support.handoff import Presence

logger = logging.getLogger(__name__)
REACHED = frozenset({"web", "telegram", "rest"})
"""Channels in which a person can answer."""
NOBODY = Presence(anybody=False, there=False)
A_WEEK = 6


def moment(turn: Turn) -> datetime:
    """When the message came."""
    return datetime.fromtimestamp(turn.now, timezone.utc) if turn.now else datetime.now(timezone.utc)


def presence(turn: Turn) -> Presence:
    """Whether a person can be had in this conversation now; nobody where the database gives no answer."""
    if turn.channel not in REACHED or not turn.sender:
        return NOBODY
    try:
        return turn.resources.staff.presence(moment(turn))
    except StoreError as error:
        logger.error("whether a person is there cannot be told: %s", error)
        return NOBODY


def offers(turn: Turn, why: Reason) -> bool:
    """Whether a person, or a message to one, is offered for this reason."""
    return why in turn.resources.shop.people.offer.reasons and presence(turn).anybody


def coming(turn: Turn, found: Presence) -> str:
    """ "Mia answers here within 10 minutes, until 18:00 (New York time)." """
    who = found.name or turn.say("person_team")
    if not found.within:
        return turn.say("person_whenever", who=who)
    if found.until is None:
        return turn.say("person_within", who=who, minutes=str(found.within))
    return turn.say("person_within_until", who=who, minutes=str(found.within), until=_clock(turn, found.until))


def away(turn: Turn, found: Presence) -> str:
    """That nobody is there, and when somebody is."""
    if found.opens is None:
        return turn.say("person_away")
    return turn.say("person_away_until", opens=_day(turn, found.opens))


def _clock(turn: Turn, when: datetime) -> str:
    return turn.say("person_clock", time=f"{when.hour}:{when.minute:02}", city=city(turn.resources.shop.people.timezone))


def _day(turn: Turn, when: datetime) -> str:
    today = moment(turn).astimezone(when.tzinfo).date()
    days, at = (when.date() - today) // timedelta(days=1), _clock(turn, when)
    if days < 2:
        return inside(turn.say("person_tomorrow" if days else "person_today", at=at))
    form = "EEEE" if days <= A_WEEK else "EEEE, d MMMM"
    return inside(turn.say("person_on_day", day=str(format_date(when, form, locale="en")), at=at))


def city(zone: str) -> str:
    """How a time zone is called in a sentence: "America/New_York" is "New York"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
