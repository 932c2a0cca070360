"""What a message wants of the shop's products, by its words and what was shown last: the decisions behind the kinds of
question about products. `page` is the handle of the product on whose page the person writes, empty elsewhere."""

from __future__ import annotations

from bot.rules.knowledge import Knowledge
from bot.understanding.frame import (
    ALLERGIC,
    ASKED_ABOUT,
    CONTENT,
    EXCEPTED,
    NEEDS,
    NEGATED,
    REPLACED,
    SUBJECTS,
    USED,
    Frame,
)
from bot.understanding.memory import Memory
from bot.understanding.wishes import MARKS, adds_wishes, names_wishes

LOOKED_FOR, SIMILAR, CHEAPER = "find_product", "find_similar", "cheaper_ones"
# Kinds of question about products that "and the other one?" goes on with.
OF_PRODUCTS = frozenset({LOOKED_FOR, SIMILAR, "price", "stock", "product_ingredients", "vegan", "new"})
BUILT_ROUTINE = "build_routine"
ORDINALS = ("first", "second", "third")
# Safety entries of these kinds make a question one about skin, whatever is asked for.
MINDED_OF_SHOP = frozenset({"medicine", "condition", "procedure", "red_flag"})
MINDED_OF_LIST = frozenset({"medicine", "condition", "procedure"})
PREGNANCY, ALLERGY = "pregnancy", "allergy"
OF_WISHES = frozenset({"texture", "choose", "for_skin_type", "for_concern"})
LEAST_GUESSED = 0.02
# What a short, bare message of these kinds means after a skincare question.
BARE = {"price": "amount", "delivery_time": "results", "cancel_order": "need"}
OF_A_GOAL = "for_concern"
VERSUS = frozenset({"vs", "vs.", "versus"})
DISCOUNT, DELIVERY, PACKAGING = "discount", "delivery", "packaging"
# How the policy and the topics about codes begin.
OF_CODES = (DISCOUNT, "promo_")


def counted(frame: Frame, memory: Memory) -> tuple[str, ...]:
    """Handles of the products listed last that the message counts off: "the second one"."""
    listed = memory.shown.listed
    if len(listed) < 2:
        return ()
    if frame.has("first_two"):
        return listed[:2]
    found = tuple(handle for handle, cue in zip(listed, ORDINALS) if frame.has(cue))
    return found or (listed[-1:] if frame.has("last_one") else ())


def recent(memory: Memory) -> tuple[str, ...]:
    """Handles of the products that "them" means: those listed last, else those talked of lately."""
    return memory.shown.listed if len(memory.shown.listed) > 1 else memory.shown.recent


def in_mind(frame: Frame, memory: Memory, page: str = "") -> str:
    """The handle of the product that "it" means: what was spoken of last on the same page; on the page of another product
    that page's. Empty where the talk was of something else."""
    shown = memory.shown
    if page and shown.page != page:
        return page
    return shown.handle or (page if frame.has("this_product") else "")


def still_to_show(memory: Memory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Handles of the list shown last: those after the last one shown, and all of it. Empty where nothing was listed."""
    found, listed = memory.shown.found, memory.shown.listed
    after = found.index(listed[-1]) + 1 if listed and listed[-1] in found else 0
    return found[after:], found


def named_types(frame: Frame) -> tuple[str, ...]:
    """The kinds of product that a message asks about or looks for; those that are said to be used where it names no other."""
    found = [one.id for one in frame.of("product_type") if one.role not in (USED, EXCEPTED, ALLERGIC, REPLACED)]
    return tuple(dict.fromkeys(found or frame.ids("product_type", role=None)))


def talked_of(memory: Memory) -> str:
    """The kind of the question about products that was answered last; empty after a skincare answer."""
    return memory.shown.kind if memory.shown.kind in OF_PRODUCTS else ""


def wants_next_page(frame: Frame, memory: Memory) -> bool:
    """True for "show me more" after a list; a new wish makes it a new search."""
    goes_on = frame.has("more_of_them") and not frame.has("of_one_product") and not counted(frame, memory)
    return goes_on and bool(memory.shown.found) and not names_wishes(frame)


def asks_for_cheaper(frame: Frame, memory: Memory, page: str = "") -> str:
    """The kind of a message that wants something for less: "cheaper_ones" of the list shown last, "find_similar" for less
    than the product meant; empty for any other message."""
    if not frame.has("cheaper"):
        return ""
    one = bool(frame.of("product") or counted(frame, memory) or frame.has("this_product"))
    if len(memory.shown.found) > 1 and len(memory.shown.listed) > 1 and not one and not adds_wishes(frame, memory):
        return CHEAPER
    return SIMILAR if one or (in_mind(frame, memory, page) and not names_wishes(frame)) else ""


def cheapens_the_routine(frame: Frame, memory: Memory) -> bool:
    """True for "any cheaper?" after a routine was built out of the shop's products."""
    named = frame.of(*SUBJECTS, "product")
    return frame.has("cheaper") and memory.asked.kind == BUILT_ROUTINE and not named


def cheaper_means_no_discount(frame: Frame, memory: Memory, page: str = "") -> str:
    """The kind that "any cheaper?" means though it sounds like a question about discounts: "build_routine" after a routine,
    "cheaper_ones" or "find_similar" after products; empty where it means a discount."""
    if frame.kind != DISCOUNT or not frame.has("cheaper") or frame.has("price_cuts") or frame.of(*SUBJECTS):
        return ""
    if cheapens_the_routine(frame, memory):
        return BUILT_ROUTINE
    shown = memory.shown.found or memory.shown.handle or memory.shown.wish or page
    return asks_for_cheaper(frame, memory, page) or (SIMILAR if shown else "")


def uses_two_codes(frame: Frame, memory: Memory) -> bool:
    """True for "can I use two?" behind a question about discounts."""
    named = frame.of(*ASKED_ABOUT, *NEEDS)
    return memory.shown.policy.startswith(OF_CODES) and not named and frame.has("several_codes")


def asks_for_products(frame: Frame, knowledge: Knowledge) -> bool:
    """True where products of the shop are asked for, for a need or of a kind: "what do you have for brown spots?"."""
    if frame.of("product") or _minds(frame, knowledge, MINDED_OF_SHOP):
        return False
    wanted = frame.has("wants_something") or (frame.has("which_of_yours") and bool(named_types(frame)))
    which = frame.kind == PREGNANCY and wanted
    if frame.kind == ALLERGY and frame.of(*CONTENT, role=ALLERGIC):
        which = bool(named_types(frame)) and (wanted or frame.has("which_of_yours") or (frame.has("question_word") and frame.has("asks_permission", "asks_which")))
    return bool(frame.of(*NEEDS, "product_type")) and (which or frame.has("from_your_shop") or _wishes_for_a_kind(frame))


def _wishes_for_a_kind(frame: Frame) -> bool:
    """True for "a sun cream that leaves no film, please"."""
    wishes = frame.kind in OF_WISHES and frame.has("asked_politely") and bool(named_types(frame))
    return wishes and not frame.polar and not frame.has("about_ones_own", "question_word")


def lists_wishes(frame: Frame) -> bool:
    """True where the message names a kind of product or a price with what else it should be, and looking for a product is
    among the guesses: "moisturizer, vegan, sensitive skin"."""
    guessed = any(name == LOOKED_FOR and share >= LEAST_GUESSED for name, share in frame.ranking)
    named = {one.label for one in frame.of("product_type", *NEEDS)}
    named |= {one.measures for one in frame.quantities if one.measures == "price"}
    beside = len(named) > 1 or bool(frame.of(*CONTENT, role=NEGATED)) or frame.has(*MARKS)
    return guessed and not frame.of("safety", "product") and bool(named & {"product_type", "price"}) and beside


def asks_which(frame: Frame, memory: Memory, knowledge: Knowledge) -> bool:
    """True where the message asks which of the products shown last fits, and for what: a need, a mark, something that must
    not be in it, pregnancy."""
    if len(recent(memory)) < 2 or not frame.has("which_of_them") or frame.has("of_your_shop"):
        return False
    wanted = [one for one in frame.of(*CONTENT) if one.role not in (NEGATED, EXCEPTED, ALLERGIC)]
    if wanted or frame.of("product") or _minds(frame, knowledge, MINDED_OF_LIST):
        return False
    negated = frame.of(*CONTENT, role=NEGATED)
    criterion = frame.ids(*NEEDS) or negated or frame.has(*MARKS) or PREGNANCY in frame.ids("safety")
    return bool(criterion) and (not frame.ids("product_type") or frame.has("points_back"))


def asks_of_its_contents(frame: Frame) -> bool:
    """True where an ingredient stands apart from the name of the product: "is there parfum in the rice toner?"."""
    products = frame.of("product")
    contents = [one for one in frame.of(*CONTENT) if one.end > one.start]
    return any(all(one.end <= name.start or name.end <= one.start for name in products) for one in contents) if products else False


def asks_for_sizes(frame: Frame, memory: Memory, page: str = "") -> bool:
    """True where the message asks how big products of a kind are, or those listed last."""
    if frame.kind != PACKAGING or not frame.has("asks_size") or frame.of("product"):
        return False
    of_list = bool(memory.shown.wish and memory.shown.listed) and not in_mind(frame, memory, page)
    return bool(named_types(frame)) or of_list


def asks_for_brands(frame: Frame) -> bool:
    """True for "which brands do you have?"."""
    return frame.has("lists_brands") and not frame.of("brand", "product")


def says_versus(frame: Frame) -> bool:
    """True for "this vs that", also where "vs" was taken for a part of a name."""
    return not VERSUS.isdisjoint(frame.text.lower().split())


def compares_prices(frame: Frame) -> bool:
    """True for "which costs less, the rice toner or the bean essence?", by whatever words."""
    return frame.has("cheaper", "cheapest") and bool(frame.of("product")) and (frame.has("or") or says_versus(frame))


def cheapest_of_a_kind(frame: Frame) -> bool:
    """True for "the cheapest ampoule", "your most expensive cream": a price, though it may sound like a choice."""
    named = frame.of(*SUBJECTS, "product")
    return frame.has("cheapest", "dearest") and bool(named) and all(one.label == "product_type" for one in named)


def compares_kinds(frame: Frame) -> bool:
    """True for "is an ampoule just a more expensive serum?", which asks for no price but for the difference."""
    return len(named_types(frame)) > 1 and frame.has("dearer_version") and not frame.has("price_asked")


def price_of_delivery(frame: Frame, memory: Memory) -> bool:
    """True for "and how much is it?" behind an answer about delivery."""
    named = frame.of(*SUBJECTS, "product")
    return frame.kind == "price" and memory.shown.policy.startswith(DELIVERY) and not named


def asks_where_to(frame: Frame) -> bool:
    """True for a message that names a country and no subject: "and to France?"."""
    return bool(frame.of("country")) and not frame.of(*ASKED_ABOUT)


def skincare_instead(frame: Frame, memory: Memory, page: str = "") -> str:
    """The skincare kind that a short, bare message means after a skincare question, where it would otherwise be one
    about the shop: "how much?" after a serum's frequency is an amount, not a price. Empty when it is no such message."""
    last, shown = memory.asked, memory.shown
    kind = BARE.get(frame.kind, "")
    # Behind a goal for the skin ("what is glass skin?") "how do I get it" means the skin, and no order.
    if frame.has("gets_it") and last.needs and not last.subjects:
        kind = OF_A_GOAL
    numbers = any(one.measures in ("price", "order_number") for one in frame.quantities)
    if frame.kind == "price" and frame.has("cheapest"):
        kind = LOOKED_FOR if last.named else ""
    bare = frame.short and not frame.of(*ASKED_ABOUT, *NEEDS, "product") and not numbers and not frame.has("shop_word")
    of_shop = shown.kind or page or (shown.handle and frame.has("how_much_of_it"))
    return kind if bare and not of_shop and last.kind not in ("", LOOKED_FOR) else ""


def _minds(frame: Frame, knowledge: Knowledge, kinds: frozenset[str]) -> bool:
    return any(knowledge.safety[one].kind in kinds for one in frame.ids("safety") if one in knowledge.safety)
