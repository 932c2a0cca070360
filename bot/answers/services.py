"""Which service answers which kind of question; every kind that no other is for is a skincare question of the rules."""

from __future__ import annotations

from typing import Callable, Dict

from bot.answers import dates, explaining, labels, other_language, person, reminders, small_talk, taught
from bot.answers.answer import Answer
from bot.answers.finder.service import SERVICES as FINDER
from bot.answers.orders.services import SERVICES as ORDERS
from bot.answers.pictures import SERVICES as PICTURES
from bot.answers.products import notice
from bot.answers.products.services import SERVICES as PRODUCTS
from bot.answers.routine.services import SERVICES as ROUTINE
from bot.answers.shop.services import SERVICES as SHOP
from bot.answers.skincare import changed, skincare
from bot.answers.staff.services import SERVICES as STAFF
from bot.answers.turn import Turn
from bot.understanding.support import NOTICE, OPEN

Service = Callable[[Turn], Answer]


def open_request(turn: Turn) -> Answer:
    """What an open request listens to: one to be told when something is back, about an order, or for a person."""
    pointer = turn.memory.request
    return notice.heard(turn) if pointer is not None and pointer.kind == NOTICE else STAFF[OPEN](turn)


class _Services(Dict[str, Service]):
    def __missing__(self, kind: str) -> Service:
        return skincare


SERVICES: Dict[str, Service] = _Services({
    **dict.fromkeys(small_talk.SAID, small_talk.small_talk),
    "language": other_language.other_language,
    "did_you_mean": small_talk.did_you_mean,
    "lost": small_talk.lost,
    "source": explaining.source,
    "show_more": explaining.more,
    "tell_profile": person.tell_profile,
    "profile": person.profile,
    "forget_me": person.forget_me,
    "start_over": person.start_over,
    "changed_by": changed,
    "read_label": labels.read_label,
    "date_on_pack": dates.date_on_pack,
    "reminder": reminders.reminder,
    **PRODUCTS,
    **SHOP,
    **ORDERS,
    **ROUTINE,
    **FINDER,
    **STAFF,
    **PICTURES,
    **taught.SERVICES,
    OPEN: open_request,
})
