""" "Which of these for wrinkles?": which of the products shown last fit, or plainly that none does and what else would."""

from __future__ import annotations

from functools import partial
from typing import Callable, List, NamedTuple, Sequence

from bot.answers.answer import Answer, Offer, Words
from bot.answers.products.against import against, warnings
from bot.answers.products.listing import show_list, spoke_of
from bot.answers.products.meant import MOST_PRODUCTS, read
from bot.answers.products.query import flags, of_kind, query
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.conflicts import pregnancy_concerns
from bot.rules.items import key_ingredients, suggested
from bot.rules.names import listed, several
from bot.store.views import ProductView
from bot.understanding.frame import CONTENT, NEEDS, NEGATED
from bot.understanding.shopping import LOOKED_FOR, PREGNANCY, recent, still_to_show
from bot.understanding.wishes import narrowed, wish_of

MOST_NAMED = 2
Test = Callable[[ProductView], bool]


class _Criterion(NamedTuple):
    """What is asked for: in words, and whether a product is that."""

    words: str
    fits: Test


def which_of(turn: Turn) -> Answer:
    """Says which of the products shown last fit what is asked for, the others left unsaid."""
    found = read(turn, recent(turn.memory)[:MOST_PRODUCTS])
    beside = _marks_and_contents(turn)
    needs = turn.frame.ids(*NEEDS)
    if found and not needs and not beside:
        return _picked(turn, found)
    asked = [inside(turn.say("asked_for", needs=several(turn.knowledge, needs)))] if needs else []
    words = " and ".join([*asked, *(one.words for one in beside)])
    ways = (_listed_for, _chosen_for) if needs else (_listed_for,)
    for way in ways:
        fitting = [one for one in found if way(turn, one, needs) and all(test.fits(one) for test in beside)]
        if fitting:
            return _those(turn, found, fitting, words)
    return _none(turn, found, words)


def _picked(turn: Turn, found: Sequence[ProductView]) -> Answer:
    """One of them for somebody who asks for no more than that: the first that nothing speaks against and that is listed for most of
    what is known of them, as lists begin with what fits best."""
    person = turn.person
    known = {*person.concerns, *person.skin_types, *turn.memory.asked.needs}
    free = [one for one in found if not against(turn, one)]
    if not free:
        return _none(turn, found, turn.say("asked_fitting"))
    best = max(free, key=lambda one: sum(_listed_for(turn, one, (need,)) for need in known))
    fits = [one for one in (*person.concerns, *turn.memory.asked.needs, *person.skin_types) if _listed_for(turn, best, (one,))]
    why = turn.say("which_picked_for", needs=several(turn.knowledge, tuple(dict.fromkeys(fits)))) if fits else turn.say("which_picked_any")
    words = Words(" ".join([turn.say("which_picked", product=best.title), why, *warnings(turn, [best])]), products=[Offer(best)])
    return spoke_of(turn, [words], [best], found=found, wish=turn.memory.shown.wish, counted=recent(turn.memory), kind=LOOKED_FOR)


def _those(turn: Turn, found: Sequence[ProductView], fitting: Sequence[ProductView], asked: str) -> Answer:
    """Names those that fit, what speaks against them, and why they do."""
    key = "which_all" if len(fitting) == len(found) else "which_fit" if len(fitting) > 1 else "which_one"
    lines = [turn.say(key, products=listed([f"**{one.title}**" for one in fitting]), asked=asked)]
    if PREGNANCY in turn.frame.ids("safety"):
        lines.append(turn.say("which_show_doctor"))
    lines += warnings(turn, fitting)
    lines += [line for one in fitting[:MOST_NAMED] if (line := _why(turn, one))]
    words = Words(" ".join(lines), products=[Offer(one) for one in fitting])
    whole = turn.products.by_handles(still_to_show(turn.memory)[1]) or found
    counted = recent(turn.memory) if len(fitting) == 1 else ()
    return spoke_of(turn, [words], fitting, found=whole, wish=turn.memory.shown.wish, counted=counted, kind=LOOKED_FOR)


def _none(turn: Turn, found: Sequence[ProductView], asked: str) -> Answer:
    """That none of them fits, and what of the same kind in the shop does."""
    said = turn.say("which_none", asked=asked)
    wider = narrowed(turn.frame, turn.memory)
    wanted = query(wider, turn.person, turn.resources, turn.currency)
    sold = [one for one in of_kind(wider, turn.products.search(wanted), turn.resources.items) if not against(turn, one)]
    if PREGNANCY in turn.frame.ids("safety"):
        sold = [one for one in sold if _fine_in_pregnancy(turn, one)]
    if not sold:
        words = Words(f"{said} {turn.say('which_no_other')}")
        return spoke_of(turn, [words], found, focus="", wish=turn.memory.shown.wish, kind=LOOKED_FOR)
    intro = [f"{said} {turn.say('which_instead')}"]
    return show_list(turn, sold, intro, wanted=wanted, wish=wish_of(wider), kind=LOOKED_FOR)


def _marks_and_contents(turn: Turn) -> List[_Criterion]:
    """The marks asked for, what must not be in it, and pregnancy."""
    frame, found = turn.frame, []
    marks = flags(frame)
    if marks:
        text = turn.say("asked_marked", marks=" and ".join(one.replace("_", "-") for one in marks))
        found.append(_Criterion(inside(text), lambda one: set(marks) <= set(one.flags)))
    negated = frame.ids(*CONTENT, role=NEGATED)
    if negated:
        names = {name for one in negated for name in turn.resources.labels.names_of(one, True)}
        text = turn.say("asked_without", ingredients=several(turn.knowledge, negated, last="or"))
        found.append(_Criterion(inside(text), lambda one: bool(one.inci) and not names & set(one.inci)))
    if PREGNANCY in frame.ids("safety"):
        found.append(_Criterion(inside(turn.say("asked_pregnancy")), partial(_fine_in_pregnancy, turn)))
    return found


def _listed_for(turn: Turn, product: ProductView, needs: Sequence[str]) -> bool:
    """True where the shop lists the product for all of these concerns and skin types."""
    known = turn.resources.items.item(product)
    return set(needs) <= {*known.concerns, *known.skin_types}


def _chosen_for(turn: Turn, product: ProductView, needs: Sequence[str]) -> bool:
    """True where what a product is bought for is commonly chosen for each of these concerns; only where the shop does not
    say itself what it is for."""
    data, known = turn.knowledge, turn.resources.items.item(product)
    if known.concerns:
        return False
    bought_for = set(key_ingredients(data, known))
    return all(one in data.concerns and bought_for & set(suggested(data, known, (one,))) for one in needs)


def _fine_in_pregnancy(turn: Turn, product: ProductView) -> bool:
    return bool(product.inci) and not any(pregnancy_concerns(turn.knowledge, turn.resources.items.item(product)))


def _why(turn: Turn, product: ProductView) -> str:
    """What on the label speaks for it."""
    concerns = turn.frame.ids("concern")
    helps = suggested(turn.knowledge, turn.resources.items.item(product), concerns) if concerns else ()
    if not helps:
        return ""
    return turn.say("which_why", product=product.title, ingredients=several(turn.knowledge, helps[:MOST_NAMED]))
