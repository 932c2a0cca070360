"""What the finder found: products with reasons, cautions and their place, or plainly nothing; and why these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, List, Sequence, Tuple

from bot.answers.answer import Offer, Offers, Part, Words
from bot.answers.finder.wishes import closing, in_routine, reason, wishes
from bot.answers.products.cards import price
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.rules.facts import of_subject
from bot.rules.finder import CRISIS, Finder, wants
from bot.rules.ranking import Fit, Wants, rank
from bot.rules.schema import Verdict
from bot.store.views import ProductQuery, ProductView

MOST_SHOWN = 3
MOST_CAUTIONS = 3
CANDIDATES = 500
BY_NEED = {"serum", "ampoule"}


@dataclass(frozen=True)
class Result:
    """What is said, and the handles of the products in it."""

    part: Part
    shown: Tuple[str, ...] = ()


def result(turn: Turn, finder: Finder, person: Profile) -> Result:
    """Up to three products, or plainly that the shop has none.

    Raises:
        StoreError: when the shop's database is away.
    """
    wanted = wants(turn.knowledge, finder, person)
    views = _candidates(turn, wanted)
    found = _ranked(turn, wanted, views)[:MOST_SHOWN]
    if not found:
        return Result(_nothing(turn, wanted, views))
    intro = turn.say("finder_found", wishes=wishes(turn, wanted))
    hints = [*_cautions(turn, found), *_places(turn, found, finder, person), closing(turn, wanted)]
    return _listed(turn, found, views, intro, [hint for hint in hints if hint])


def more(turn: Turn, finder: Finder, person: Profile) -> Result:
    """The next ones in the same ranking; that there are no more where there are none."""
    wanted = wants(turn.knowledge, finder, person)
    views = _candidates(turn, wanted)
    found = [fit for fit in _ranked(turn, wanted, views) if fit.item.handle not in finder.shown][:MOST_SHOWN]
    if not found:
        return Result(Words(turn.say("finder_no_more")))
    return _listed(turn, found, views, turn.say("finder_more"), _cautions(turn, found))


def explained(turn: Turn, finder: Finder, person: Profile) -> Part:
    """Why these and in this order: what each meets, then the order's rules."""
    wanted = wants(turn.knowledge, finder, person)
    views = _candidates(turn, wanted)
    shown = [fit for fit in _ranked(turn, wanted, views) if fit.item.handle in finder.shown[-MOST_SHOWN:]]
    lines = [turn.say("finder_why", product=fit.item.title, reason=reason(turn, fit)) for fit in shown]
    return Words("\n".join([*(f"- {one}" for one in lines), turn.say("finder_criteria", count=str(len(views)))]))


def _candidates(turn: Turn, wanted: Wants) -> Dict[str, ProductView]:
    query = ProductQuery(product_type=shop_types(turn.knowledge, wanted.types), limit=CANDIDATES)
    return {view.handle: view for view in turn.products.search(query)}


def _ranked(turn: Turn, wanted: Wants, views: Dict[str, ProductView]) -> List[Fit]:
    return rank(turn.knowledge, wanted, map(turn.resources.items.item, views.values()))


def _listed(turn: Turn, found: Sequence[Fit], views: Dict[str, ProductView], intro: str, hints: Sequence[str]) -> Result:
    offers = [Offer(views[fit.item.handle], reason(turn, fit)) for fit in found]
    buttons = turn.wording.buttons_of("finder_found")
    return Result(Offers([intro], offers, hints, buttons, apart=True), tuple(fit.item.handle for fit in found))


def _cautions(turn: Turn, found: Sequence[Fit]) -> List[str]:
    lines = dict.fromkeys(turn.wording.line(caution) for fit in found for caution in fit.cautions)
    return list(lines)[:MOST_CAUTIONS]


def _places(turn: Turn, found: Sequence[Fit], finder: Finder, person: Profile) -> List[str]:
    """How they fit the routine: for each kind where it goes, among the person's own products where they told of
    them; and a serum against an ampoule where the need decided it."""
    lines = []
    kinds = dict.fromkeys(fit.item.type for fit in found)
    for kind in kinds:
        fact = of_subject(turn.knowledge, "order", kind)
        lines.append(in_routine(turn, kind, person) or (fact.say if fact and fact.verdict is not Verdict.UNKNOWN else ""))
    if finder.need and not finder.types and BY_NEED & set(kinds):
        lines.insert(0, turn.say("finder_crisis" if finder.need == CRISIS else "finder_daily"))
    return lines


def _nothing(turn: Turn, wanted: Wants, views: Dict[str, ProductView]) -> Part:
    """Nothing fits: where only the price or the stock stands in the way, the nearest product is named."""
    lines = [turn.say("finder_nothing", wishes=wishes(turn, wanted))]
    offers = []
    without_limit = _ranked(turn, replace(wanted, max_price=None, min_price=None), views)[:1]
    in_stock = (replace(turn.resources.items.item(view), in_stock=True) for view in views.values())
    sold_out = rank(turn.knowledge, wanted, in_stock)[:1]
    if without_limit:
        nearest = views[without_limit[0].item.handle]
        lines.append(turn.say("finder_without_limit", product=nearest.title, price=price(nearest)))
        offers.append(Offer(nearest, reason(turn, without_limit[0])))
    elif sold_out:
        nearest = views[sold_out[0].item.handle]
        lines.append(turn.say("finder_sold_out", product=nearest.title))
        offers.append(Offer(nearest, reason(turn, sold_out[0])))
    else:
        lines.append(turn.say("finder_nothing_why"))
    return Words(" ".join(lines), products=offers)
