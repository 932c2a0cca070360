"""`Memory`: what a conversation keeps from one message to the next, typed and versioned. It lives in one slot.

It holds talk only: the person as they told of themself, what was asked, shown and said last, a search that is open. A
conversation that could not be read is no empty one: `readable` is false then, and nothing of it is kept.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Mapping, Sequence

from bot.rules.advice import Line, Profile, merge
from bot.rules.finder import Finder
from bot.rules.steps import Step

logger = logging.getLogger(__name__)
VERSION = 2
RECENT = 3


@dataclass(frozen=True)
class Asked:
    """The question answered last: its kind, what it was about, and the subjects named lately."""

    kind: str = ""
    subjects: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    polar: bool = False

    @property
    def named(self) -> bool:
        """True where it was about something."""
        return bool(self.subjects or self.forms or self.needs)


@dataclass(frozen=True)
class Said:
    """What was answered last: further lines on request, reasons, keys of sources."""

    more: tuple[Line, ...] = ()
    why: tuple[Line, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """Products and policies talked of.

    Attributes:
        listed: handles of the products shown last, in their order.
        found: handles of the whole list of which those were shown; "show more" goes on with it.
        handle: the product that "it" means, empty after a talk of something else; `page` where it was spoken of.
        recent: handles of the products talked of lately, the latest last.
        kind: the kind of question about the shop's products that was answered last, empty after one about skincare.
        wish: the mentions and cues that the list was looked for, as `Frame` holds them; see `wish_of` in resolve.
        policy: the policy said last, and `said` the words that it was asked in.
        offered: the policy that the shop has no words of its own on, where it was offered to ask its staff; counts as long as it
            is the policy.
    """

    listed: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    handle: str = ""
    page: str = ""
    recent: tuple[str, ...] = ()
    kind: str = ""
    wish: Mapping[str, Any] = field(default_factory=dict)
    policy: str = ""
    said: str = ""
    offered: str = ""

    def focused(self, handle: str, page: str) -> Shown:
        """The same with the product that "it" means from now on, spoken of on a page; none where `handle` is empty."""
        recent = tuple(one for one in self.recent if one != handle) + ((handle,) if handle else ())
        return replace(self, handle=handle, page=page, recent=recent[-RECENT:])


@dataclass(frozen=True)
class Wanted:
    """What the routine built last was wished for with: the most that it may cost (0 where nothing was named), its size, the kinds of product that
    the person has already, whether the cheapest was asked for."""

    most: float = 0
    size: str = ""
    has: tuple[str, ...] = ()
    cheaper: bool = False


@dataclass(frozen=True)
class OpenRequest:
    """A pointer to the request that is open or was last: its row, its kind, and what it waits for ("proof", "yes", "items" ...;
    nothing once it is over). Everything else of it stands in its row. `reminded`: after an interruption the customer was told once that it waits;
    `stale`: something else was talked of since, so that a yes is shown again what it would do; `unmatched`: what proves whose order it is was told, and
    fits none, so that the staff was offered."""

    id: int
    kind: str
    awaits: str
    reminded: bool = False
    stale: bool = False
    unmatched: bool = False


@dataclass(frozen=True)
class Memory:
    """Everything kept of a conversation.

    Attributes:
        person: the person as they told of themself; `other` somebody else they told of lately ("my daughter is 10"), and
            `whom` who that is; `of_other` where the last message was about them.
        asked, said, shown: see there.
        routine: steps of the routine that was built for the person last, and `wanted` with which wishes.
        finder: the search that is open or was finished last.
        label: names on the label read last.
        told: ids of the cautions and blocks said already, so that none is said under every answer.
        strangers: what nobody knows of which the person spoke last.
        situations: which situations the last message may have told of; `situation` the one that was answered last.
        emergency: the red flag told last that cannot wait, and `emergency_at` when; it stands for minutes, see `emergencies`.
        request: the request about an order that is open, or was last.
        about_pregnancy: whether something was asked of pregnancy, so that what is asked next is answered for it too; the person
            did not say that they are pregnant.
        last: marks of what was said last, one an answer, so that none is said again to something else.
        lost: how often in a row nothing was understood.
        offered: why a person was offered so far; `offer_open` where the last answer did, so that a yes takes it.
        readable: false where the conversation could not be read: an unknown person.
    """

    person: Profile = field(default_factory=Profile)
    other: Profile | None = None
    whom: str = ""
    of_other: bool = False
    asked: Asked = field(default_factory=Asked)
    said: Said = field(default_factory=Said)
    shown: Shown = field(default_factory=Shown)
    routine: tuple[Step, ...] = ()
    wanted: Wanted | None = None
    finder: Finder | None = None
    label: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    situation: str = ""
    emergency: str = ""
    emergency_at: float = 0.0
    request: OpenRequest | None = None
    about_pregnancy: bool = False
    last: tuple[str, ...] = ()
    lost: int = 0
    offered: tuple[str, ...] = ()
    offer_open: bool = False
    readable: bool = True

    def as_data(self) -> dict[str, Any]:
        """The memory as JSON can keep it."""
        data = asdict(self)
        del data["readable"]
        return {"version": VERSION, **{key: value for key, value in data.items() if value not in (None, (), "", 0, {})}}

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None, before: Mapping[str, Any] | None = None, readable: bool = True) -> Memory:
        """The memory that `stored` describes, as `as_data` wrote it and JSON gave it back.

        Args:
            stored: None for a new conversation, or one begun before memories were kept in one place. What is no memory, or a
                damaged one, gives one that is not readable.
            before: the slots of such a conversation, of which the person is kept.
            readable: false where the conversation could not be read.
        """
        if not readable:
            return cls(readable=False)
        try:
            if stored:
                return cls._of(stored)
            return cls(person=Profile.read((before or {}).get("profile") or {}))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            logger.error("what a conversation keeps is damaged (%s): nothing is known of the person", type(error).__name__)
            return cls(readable=False)

    @classmethod
    def _of(cls, stored: Mapping[str, Any]) -> Memory:
        """Raises TypeError, ValueError, KeyError or AttributeError when `stored` is no memory."""
        data = dict(stored)
        if not isinstance(data.get("person", {}), Mapping):
            raise TypeError("the person is no mapping")
        other, finder, request, wanted = (data.get(one) for one in ("other", "finder", "request", "wanted"))
        return cls(
            person=Profile.read(data.get("person", {})),
            other=Profile.read(other) if other else None,
            whom=data.get("whom", ""),
            of_other=data.get("of_other", False),
            asked=Asked(**_tuples(data.get("asked") or {})),
            said=_said(data.get("said") or {}),
            shown=Shown(**_tuples(data.get("shown") or {})),
            routine=tuple(Step.read(one) for one in data.get("routine") or ()),
            wanted=Wanted(**_tuples(wanted)) if wanted else None,
            finder=Finder.read(finder) if finder else None,
            label=tuple(data.get("label") or ()),
            told=tuple(data.get("told") or ()),
            strangers=tuple(data.get("strangers") or ()),
            situations=tuple(data.get("situations") or ()),
            situation=str(data.get("situation") or ""),
            emergency=str(data.get("emergency") or ""),
            emergency_at=float(data.get("emergency_at") or 0.0),
            request=OpenRequest(**request) if request else None,
            about_pregnancy=bool(data.get("about_pregnancy")),
            last=tuple(data.get("last") or ()),
            lost=data.get("lost", 0),
            offered=tuple(data.get("offered") or ()),
            offer_open=bool(data.get("offer_open")),
        )

    def heard(self, asked: Asked, said: Said) -> Memory:
        """The memory after a question was answered."""
        recent = merge([one for one in self.asked.recent if one not in asked.subjects], asked.subjects)
        return replace(self, asked=replace(asked, recent=recent[-RECENT:]), said=said, lost=0)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _said(data: Mapping[str, Any]) -> Said:
    return Said(_lines(data.get("more") or ()), _lines(data.get("why") or ()), tuple(data.get("sources") or ()))


def _lines(stored: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line.read(one) for one in stored)
