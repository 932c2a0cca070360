"""When a person answers in the chat, as `people` in `data/shop.yml` says it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Mapping, Optional
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, Extra, Field, conint, constr, validator

if TYPE_CHECKING:
    Minutes = int
    Phrase = str
else:
    Minutes = conint(ge=1, le=1440)
    Phrase = constr(strip_whitespace=True, min_length=1, max_length=200)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TO = " to "
Span = tuple[time, time]


class Reason(str, Enum):
    """Why a person is offered: the customer asked, is angry, threatens with the law, suspects or met fraud, told of a reaction,
    was not understood twice, wants what the shop's system cannot do, or a rule of the owner's says so."""

    ASKED = "asked"
    ANGER = "anger"
    LEGAL = "legal"
    FRAUD = "fraud"
    SAFETY = "safety"
    LOST = "lost"
    CANNOT = "cannot"
    RULE = "rule"


OFFERED_BY_ITSELF = (Reason.ANGER, Reason.LEGAL, Reason.FRAUD, Reason.SAFETY, Reason.LOST, Reason.CANNOT)


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Offer(_Strict):
    """When a person is offered though nobody asked: for these reasons, for questions of these kinds or on these topics, for
    orders from this amount, and where these words are said."""

    reasons: list[Reason] = Field(default_factory=lambda: list(OFFERED_BY_ITSELF))
    topics: list[Phrase] = []
    orders_from: Optional[Decimal] = Field(None, ge=0)
    words: list[Phrase] = []

    @validator("reasons", each_item=True)
    def _not_asked(cls, value: Reason) -> Reason:  # noqa: N805 - pydantic hands the class
        if value not in OFFERED_BY_ITSELF:
            raise ValueError(f"write any of {', '.join(one.value for one in OFFERED_BY_ITSELF)}")
        return value


class People(_Strict):
    """Who answers in the chat when.

    Attributes:
        timezone: of the hours, such as America/New_York.
        hours: for a day of the week, or days "monday to friday", when somebody is there: "9:00 to 18:00", several with commas.
            Without any nothing is promised: somebody answers when they see it.
        holidays: days on which nobody is there, "2026-12-25" or "2026-12-24 to 2027-01-01".
        answer_within: minutes within which an answer is promised while somebody is there; after them the assistant says that
            nobody came, and takes a message.
        quiet_after: minutes without a word of either side after which a talk goes back to the assistant.
        offer: when a person is offered though nobody asked.
    """

    timezone: str = "UTC"
    hours: Mapping[str, str] = {}
    holidays: list[str] = []
    answer_within: Minutes = 10
    quiet_after: Minutes = 120
    offer: Offer = Offer()

    @validator("timezone")
    def _known(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value not in available_timezones():
            raise ValueError("this is no time zone; write one such as America/New_York or Europe/Berlin")
        return value

    @validator("hours", pre=True)
    def _readable_hours(cls, value: Any) -> Any:  # noqa: N805 - pydantic hands the class
        if not isinstance(value, dict):
            raise ValueError('write days with their hours, such as {monday to friday: "9:00 to 18:00"}')
        read_hours({str(days): str(spans) for days, spans in value.items()})
        return value

    @validator("holidays", pre=True)
    def _readable_holidays(cls, value: Any) -> Any:  # noqa: N805 - pydantic hands the class
        texts = [str(one) for one in value or ()]
        for one in texts:
            read_days_off(one)
        return texts

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)


def read_hours(hours: Mapping[str, str]) -> dict[int, list[Span]]:
    """The spans of each weekday (0 is Monday), in their order.

    Raises:
        ValueError: when a day or a time cannot be read, or two spans of a day overlap.
    """
    found: dict[int, list[Span]] = {}
    for days, spans in hours.items():
        for weekday in _weekdays(days.strip().lower()):
            found.setdefault(weekday, []).extend(_span(one) for one in spans.split(","))
    for weekday, one_day in found.items():
        one_day.sort()
        if any(before[1] > after[0] for before, after in zip(one_day, one_day[1:])):
            raise ValueError(f"the hours of {WEEKDAYS[weekday]} overlap")
    return found


def read_days_off(written: str) -> tuple[date, date]:
    """First and last day of a holiday.

    Raises:
        ValueError: when it cannot be read.
    """
    first, _, last = written.strip().partition(TO)
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ValueError(f'"{written}" is no day; write 2026-12-25, or 2026-12-24 to 2026-12-26') from None
    if days[0] > days[1]:
        raise ValueError(f'"{written}" ends before it begins')
    return days


def _weekdays(written: str) -> list[int]:
    first, _, last = written.partition(TO)
    try:
        begin, end = WEEKDAYS.index(first.strip()), WEEKDAYS.index((last or first).strip())
    except ValueError:
        raise ValueError(f'"{written}" is no day of the week; write monday, or monday to friday') from None
    return [(begin + passed) % 7 for passed in range((end - begin) % 7 + 1)]


def _span(written: str) -> Span:
    begin, _, end = written.strip().partition(TO)
    opens, closes = _clock(begin), _clock(end)
    if opens >= closes:
        raise ValueError(f'"{written.strip()}" ends before it begins; write 9:00 to 18:00')
    return opens, closes


def _clock(written: str) -> time:
    hour, _, minute = written.strip().partition(":")
    try:
        if hour == "24" and minute == "00":
            return time.max
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{written.strip()}" is no time; write 9:00 to 18:00') from None
