"""What the finder found: products with reasons, cautions and their place, or plainly nothing; and why these."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.cards import card, line, price, units
from actions.catalogue import shop_types
from actions.items import item
from actions.resources import database, knowledge, shop
from actions.wording import Wording, inside
from bot.rules.advice import Profile
from bot.rules.facts import of_subject
from bot.rules.finder import CRISIS, Finder, wants
from bot.rules.layering import sequence, step_of
from bot.rules.names import name, several, with_article
from bot.rules.ranking import Fit, Wants, rank
from bot.rules.safety import TEEN
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

MOST_SHOWN = 3
MOST_CAUTIONS = 3
CANDIDATES = 500
WHY = re.compile(r"\b(why|how (did|do|come)|on what basis|reason|what makes)\b", re.I)
MORE = re.compile(r"\b(more|others?|else|next|different)\b", re.I)


def wants_why(tracker: Tracker) -> bool:
    """True for "why this one?"."""
    return bool(WHY.search(conversation.text(tracker))) and conversation.intent(tracker) in WHY_INTENTS


def wants_more(tracker: Tracker) -> bool:
    """True for "show me others"."""
    return bool(MORE.search(conversation.text(tracker))) and conversation.intent(tracker) in MORE_INTENTS


WHY_INTENTS = frozenset({"ask_source", "ask_evidence", "show_more", "unsure", "lost", "follow_up", "ask_popular"})
MORE_INTENTS = frozenset({"show_more", "find_similar", "unsure", "lost", "find_product", "follow_up"})


def show_result(
    dispatcher: CollectingDispatcher, wording: Wording, products: ProductRepository, finder: Finder, profile: Profile
) -> tuple[str, ...]:
    """Shows up to three products, or says plainly that the shop has none. Returns their handles."""
    wanted = wants(knowledge(), finder, profile)
    views = {view.handle: view for view in _candidates(products, wanted)}
    found = _ranked(wanted, views)[:MOST_SHOWN]
    if not found:
        _say_nothing(dispatcher, wording, wanted, views)
        return ()
    intro = wording.say("finder_found", wishes=_wishes(wording, wanted))
    hints = [*_cautions(wording, found), *_places(wording, found, finder, profile), _closing(wording, wanted)]
    rows = [(views[fit.item.handle], _reason(wording, fit)) for fit in found]
    _send(dispatcher, wording, rows, intro, [hint for hint in hints if hint])
    return tuple(fit.item.handle for fit in found)


def show_more(
    dispatcher: CollectingDispatcher, wording: Wording, finder: Finder, profile: Profile
) -> tuple[str, ...]:
    """The next ones in the same ranking; says so when there are no more. Returns their handles."""
    wanted = wants(knowledge(), finder, profile)
    with database().session() as session:
        views = {view.handle: view for view in _candidates(ProductRepository(session), wanted)}
    found = [fit for fit in _ranked(wanted, views) if fit.item.handle not in finder.shown][:MOST_SHOWN]
    if not found:
        dispatcher.utter_message(text=wording.say("finder_no_more"))
        return ()
    rows = [(views[fit.item.handle], _reason(wording, fit)) for fit in found]
    _send(dispatcher, wording, rows, wording.say("finder_more"), _cautions(wording, found))
    return tuple(fit.item.handle for fit in found)


def explain(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder, profile: Profile
) -> None:
    """Why these and in this order: what each meets, then the order's rules."""
    wanted = wants(knowledge(), finder, profile)
    with database().session() as session:
        views = {view.handle: view for view in _candidates(ProductRepository(session), wanted)}
    shown = [fit for fit in _ranked(wanted, views) if fit.item.handle in finder.shown[-MOST_SHOWN:]]
    lines = [wording.say("finder_why", product=fit.item.title, reason=_reason(wording, fit)) for fit in shown]
    text = "\n".join([*(f"- {one}" for one in lines), wording.say("finder_criteria", count=str(len(views)))])
    dispatcher.utter_message(text=text, json_message={"body": text, "sources": []})


def _candidates(products: ProductRepository, wanted: Wants) -> List[ProductView]:
    return products.search(ProductQuery(product_type=shop_types(wanted.types), limit=CANDIDATES))


def _ranked(wanted: Wants, views: dict[str, ProductView]) -> List[Fit]:
    return rank(knowledge(), wanted, map(item, views.values()))


def _wishes(wording: Wording, wanted: Wants) -> str:
    """What was looked for, in words: "dark spots, oily skin, up to 20.00 USD"."""
    data, currency = knowledge(), shop().currency
    parts = []
    if wanted.concerns:
        parts.append(several(data, wanted.concerns))
    if wanted.profile.skin_types:
        parts.append(several(data, wanted.profile.skin_types))
    if wanted.profile.pregnant:
        parts.append(inside(wording.say("wish_pregnant")))
    parts.extend(inside(data.safety[one].name) for one in wanted.profile.safety)
    if wanted.profile.age is not None and wanted.profile.age < TEEN:
        parts.append(inside(wording.say("wish_age", age=str(wanted.profile.age))))
    if wanted.min_price is not None:
        parts.append(inside(wording.say("wish_from", amount=units(wanted.min_price, currency), currency=currency)))
    if wanted.max_price is not None:
        parts.append(inside(wording.say("wish_up_to", amount=units(wanted.max_price, currency), currency=currency)))
    return ", ".join(parts) or inside(wording.say("wish_anything"))


def _reason(wording: Wording, fit: Fit) -> str:
    """What of the wishes a product meets, else whom the shop made it for."""
    data = knowledge()
    parts = []
    if fit.ingredients:
        ingredients = several(data, fit.ingredients[:MOST_SHOWN])
        parts.append(wording.say("reason_has", ingredients=ingredients, concerns=several(data, fit.concerns)))
    elif fit.concerns:
        parts.append(wording.say("reason_concerns", concerns=several(data, fit.concerns)))
    if fit.skin_types:
        parts.append(wording.say("reason_skin", skin=several(data, fit.skin_types)))
    if not parts and fit.item.concerns:
        parts.append(wording.say("reason_concerns", concerns=several(data, fit.item.concerns[:2])))
    return "; ".join(map(inside, parts))


def _cautions(wording: Wording, found: List[Fit]) -> List[str]:
    lines = dict.fromkeys(wording.line(caution) for fit in found for caution in fit.cautions)
    return list(lines)[:MOST_CAUTIONS]


def _places(wording: Wording, found: List[Fit], finder: Finder, profile: Profile) -> List[str]:
    """How they fit the routine: for each kind where it goes, among the person's own products where they told of
    them; and a serum against an ampoule where the need decided it."""
    lines = []
    for kind in dict.fromkeys(fit.item.type for fit in found):
        fact = of_subject(knowledge(), "order", kind)
        lines.append(_in_routine(wording, kind, profile) or (fact.say if fact else ""))
    if finder.need and not finder.types and {"serum", "ampoule"} & {fit.item.type for fit in found}:
        lines.insert(0, wording.say("finder_crisis" if finder.need == CRISIS else "finder_daily"))
    return lines


def _in_routine(wording: Wording, kind: str, profile: Profile) -> str:
    """Where a kind of product goes among those the person uses; empty where they told of none."""
    data = knowledge()
    used = sequence(data, [step.type for step in profile.routine if step.type in data.product_types])
    if not used:
        return ""
    if kind in used:
        return wording.say("finder_same_place", kind=with_article(data, kind))
    place = step_of(data, kind)
    before = [name(data, one) for one in used if step_of(data, one) <= place]
    after = [name(data, one) for one in used if step_of(data, one) > place]
    key = "finder_between" if before and after else "finder_before"
    key = "finder_after" if before and not after else key
    return wording.say(key, before="".join(before[-1:]), after="".join(after[:1]))


def _closing(wording: Wording, wanted: Wants) -> str:
    return wording.say("finder_one_at_a_time") if wanted.profile.sensitive else ""


def _say_nothing(
    dispatcher: CollectingDispatcher, wording: Wording, wanted: Wants, views: dict[str, ProductView]
) -> None:
    """Nothing fits: where only the price or the stock stands in the way, the nearest product is named."""
    lines = [wording.say("finder_nothing", wishes=_wishes(wording, wanted))]
    cards = []
    without_limit = _ranked(replace(wanted, max_price=None, min_price=None), views)[:1]
    sold_out = rank(knowledge(), wanted, (replace(item(view), in_stock=True) for view in views.values()))[:1]
    if without_limit:
        nearest = views[without_limit[0].item.handle]
        lines.append(wording.say("finder_without_limit", product=nearest.title, price=price(nearest)))
        cards.append(card(nearest, _reason(wording, without_limit[0])))
    elif sold_out:
        nearest = views[sold_out[0].item.handle]
        lines.append(wording.say("finder_sold_out", product=nearest.title))
        cards.append(card(nearest, _reason(wording, sold_out[0])))
    else:
        lines.append(wording.say("finder_nothing_why"))
    text = " ".join(lines)
    dispatcher.utter_message(text=text, json_message={"body": text, "products": cards, "sources": []})


def _send(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    rows: List[tuple[ProductView, str]],
    intro: str,
    hints: List[str],
) -> None:
    listed = "\n".join(line(wording, view, reason) for view, reason in rows)
    below = "\n".join(hints)
    text = "\n\n".join(part for part in (f"{intro}\n{listed}", below) if part)
    dispatcher.utter_message(
        text=text,
        buttons=wording.buttons_of("finder_found"),
        json_message={
            "body": "\n\n".join(part for part in (intro, below) if part),
            "products": [card(view, reason) for view, reason in rows],
            "sources": [],
        },
    )
