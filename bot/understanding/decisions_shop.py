"""Decisions of a conversation about the shop's products: lists, prices, sizes and what narrows them; see `decisions`."""

from __future__ import annotations

from dataclasses import replace

from bot.nlu.names.word_weights import english
from bot.understanding import decisions_situations as situations
from bot.understanding import shopping, wishes
from bot.understanding.bare_wishes import is_bare_wish, is_kind_alone
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, asks, is_bare
from bot.understanding.frame import ALLERGIC, CONTENT, LOST, NEEDS, SURE, kind_of_intent
from bot.understanding.order_numbers import numbers_in, told
from bot.understanding.routine import meant as routines
from bot.understanding.support import OF_ORDERS
from bot.understanding.topics import groups
from bot.understanding.upset import UPSET

OF_SHOP = frozenset({"find_product", "find_similar", "price", "stock", "product_ingredients", "vegan", "new", "start_finder", "on_sale", "reduction", "cart"})
OF_CONTENTS = frozenset({"can_use", "allergy", "medical", "together", "for_concern", "product_ingredients"})
ASKS_FOR_ANY = (("is", "there"), ("are", "there"), ("do", "you"))
PASS_ON = "pass_on"
OF_PLACES = {one: one for one in ("delivery_area", "delivery_cost", "delivery_time")} | {"free_delivery": "delivery_cost"}
"""Policies that differ from place to place, with what is asked anew for another place."""
# So many kinds of product named are somebody's shelf.
A_SHELF = 4
POLITE = frozenset({"thank", "greet", "goodbye"})
AGREES, SURELY = "agrees", 0.75
MOST_OF_A_COUNTRY, MOST_OF_AN_ADDRESS = 4, 8
# Kinds as which "show me more" and "any cheaper?" may be read.
OF_LISTS = frozenset({"show_more", "find_similar", "find_product", "follow_up"})


def swaps_a_product(context: Context) -> str:
    """ "Do I have to swap the serum?" in a talk of skincare is about the serum, not about an order."""
    frame, memory = context.frame, context.memory
    swaps = frame.kind == "change_order" and bool(frame.of("product_type", "ingredient", "family")) and not frame.has("of_my_order", "shop_word")
    return "replace" if swaps and memory.asked.kind and memory.request is None else ""


def asked_of_the_owner(context: Context) -> str:
    """A topic of the shop's, a complaint or a demand: told by its phrases, whatever the classifier guessed. A story that tells of a
    situation is about that."""
    if situations.story_told(context) or _names_a_shelf(context):
        return ""
    return context.of_shop(replace(context.frame, meant=()), context.memory)


def _names_a_shelf(context: Context) -> bool:
    """True for a story of several kinds of product, as the gift box of "what goes first?"."""
    named = {one.id for one in (*context.frame.told, *context.frame.mentions) if one.label == "product_type"}
    return bool(context.frame.story or len(context.frame.words) >= situations.LONG) and len(named) >= A_SHELF


def a_notice_is_wanted(context: Context) -> str:
    """ "Tell me when it is back", of a product that is named, on whose page one is, or that was spoken of."""
    frame, shown = context.frame, context.memory.shown
    spoken_of = context.page or shown.handle or shown.listed or frame.of("product", "product_type", "brand")
    tells = frame.story and not frame.of("product")  # "can you tell me if that date means it's expired?"
    return "stock" if frame.has("wants_notice") and spoken_of and not tells and not frame.has("of_my_order") else ""


def passes_a_question_on(context: Context) -> str:
    """A yes to the offer to ask the shop's staff what its owner has not said; or the e-mail to answer to, of nothing else."""
    frame, shown = context.frame, context.memory.shown
    named = told(frame, asked=True)
    if shown.offered and shown.offered == shown.policy and named.email and not frame.mentions and len(frame.words) <= MOST_OF_AN_ADDRESS:
        return PASS_ON if shown.offered != UPSET or not named.number else ""
    if shown.offered and shown.offered == shown.policy and len(numbers_in(frame.text)) > 1 and not frame.mentions and len(frame.words) <= MOST_OF_AN_ADDRESS:
        return PASS_ON  # both numbers of "can you put my two orders together?"
    agrees = frame.has("said_yes") and not frame.has("said_no", "gives_up") and (frame.short or frame.kind == "affirm")
    if frame.has("yes_but_asks") and asks(frame):
        return ""
    return PASS_ON if shown.offered and shown.offered == shown.policy and agrees and not frame.mentions else ""


def meant_for_the_owner(context: Context) -> str:
    """The same in other words, where nothing of the talk is meant; in a talk about skin only what is certain."""
    frame, memory = context.frame, context.memory
    if memory.request is not None and frame.kind in OF_ORDERS and frame.band == SURE:
        return ""  # "can it still go to a different address?" behind an order means that one
    pleased = any(one.name == AGREES and one.confidence >= SURELY for one in frame.acts)
    if frame.kind in POLITE and frame.band == SURE and pleased and all(one.confidence < SURELY for one in frame.meant):
        return ""  # "great, quicker than I thought" complains of nothing
    of_skin = (bool(memory.asked.kind) and not memory.shown.policy and frame.band != SURE) or bool(frame.of("safety", "condition", "term", "concern", *CONTENT))
    says_something = any(word in english() for word in frame.words)  # what is no word sounds like anything
    meant = tuple(one for one in frame.meant if one.certain or (says_something and not of_skin))
    return context.of_shop(replace(frame, meant=meant), memory) if meant else ""


def asks_a_policy(context: Context) -> bool:
    """ "What about shipping?" after a talk of a product asks for itself, and not the last question again."""
    kind = kind_of_intent(context.frame.intent)
    return is_bare(context) and kind in groups()["shop"] and kind not in groups()["products"]


def uses_two_codes(context: Context) -> str:
    """ "Can I use two?" behind a question about discounts."""
    return "discount" if shopping.uses_two_codes(context.frame, context.memory) else ""


def what_a_product_holds(context: Context) -> str:
    """ "Does the rice toner have parfum in it, I'm allergic to it": its list answers, and no statement on the allergy at large."""
    frame, memory = context.frame, context.memory
    asked = [one for one in frame.of(*CONTENT) if one.end > one.start and one.role != ALLERGIC]
    apart = asked and all(one.end <= name.start or name.end <= one.start for name in frame.of("product") for one in asked)
    known = bool(frame.of("product")) or (frame.has("points_back", "this_product") and bool(context.page or memory.shown.handle))
    of_it = frame.kind in OF_CONTENTS and frame.has("asks_its_contents", "asks_free_of") and frame.has("allergy_told")
    return "product_ingredients" if of_it and apart and known else ""


def sizes_of_products(context: Context) -> str:
    """How big products of a kind are, or those listed."""
    return "sizes" if shopping.asks_for_sizes(context.frame, context.memory, context.page) else ""


def another_size_of_one(context: Context) -> str:
    """ "Does the rice toner come in a smaller size?", "is there a travel size of it?": the sizes of that product."""
    frame, shown = context.frame, context.memory.shown
    of_one = frame.of("product") or ((context.page or shown.handle) and frame.has("points_back", "this_product", "about_it"))
    return "packaging" if frame.has("asks_other_size") and of_one and not frame.has("of_my_order") else ""


def a_marked_one_like_it(context: Context) -> str:
    """ "Do you have a vegan one that does the same?": products like the one talked of, with that mark."""
    frame, shown = context.frame, context.memory.shown
    likens = frame.has(*wishes.MARKS) and frame.has("something_like", "does_the_same", "instead")
    of_one = frame.of("product") or shown.handle or context.page
    return "find_similar" if likens and of_one and not frame.of(*CONTENT, "safety") else ""


def something_for_a_need(context: Context) -> str:
    """ "A cheap dupe for flaky lips" is like no product: what helps is asked. "First sunscreen for an oily teenager" wants one, and
    not to know from which age."""
    frame, shown = context.frame, context.memory.shown
    named = frame.of("product", "brand") or shown.handle or shown.listed or context.page
    if frame.kind == "find_similar" and not named and not frame.of(*CONTENT):
        if frame.of(*NEEDS, "term") and not frame.ids("product_type"):
            return "for_concern"
        return "find_product" if frame.ids("product_type") and frame.of(*NEEDS) else ""
    of_age = frame.kind == "age" and frame.ids("product_type") and not frame.has("asks_of_age") and frame.number("age") is None
    return "find_product" if of_age and not frame.polar else ""


def which_of_those_shown(context: Context) -> str:
    """Which of the products shown last fits; none where the message tells of skin that reacts now, which must calm down first."""
    reacts = context.frame.has("skin_reacted", "irritated_skin") and context.frame.has("speaks_of_irritation")
    if not shopping.asks_which(context.frame, context.memory, context.knowledge):
        return ""
    return "irritation" if reacts and context.memory.shown.listed else "which_of"


def a_list_goes_on(context: Context) -> str:
    """The next page of a list, or something for less."""
    frame, memory = context.frame, context.memory
    if frame.kind not in OF_LISTS and frame.band == SURE:
        return ""
    if shopping.wants_next_page(frame, memory):
        return "next_page"
    if shopping.cheapens_the_routine(frame, memory):
        return "build_routine"
    return shopping.asks_for_cheaper(frame, memory, context.page)


def reduction_of_a_product(context: Context) -> str:
    """ "Any 20% off?" on the page of a product, or about one that is named."""
    frame, memory = context.frame, context.memory
    if frame.kind != "discount" or frame.has("several_codes"):
        return ""
    on_page = context.page and (frame.short or frame.has("this_product", "percent_off"))
    spoken_of = memory.shown.handle and frame.has("this_product", "about_it", "percent_off")
    return "reduction" if frame.of("product") or on_page or spoken_of else ""


def products_of_the_shop(context: Context) -> str:
    """Products of the shop for a need or of a kind: "what do you have for brown spots?"."""
    if context.frame.kind == "tell_profile" and context.frame.of(*NEEDS) and context.frame.number("price") is not None:
        return "find_product"  # "i have acne and about 15 euros"
    of_shop = context.frame.kind in OF_SHOP or context.frame.kind in ROUTINES
    return "find_product" if not of_shop and shopping.asks_for_products(context.frame, context.knowledge) else ""


def a_bare_wish(context: Context) -> str:
    """ "Vitamin C serum please", "lip balm?", a product's name alone: no more than what is wanted."""
    if context.frame.kind in OF_SHOP - {"product_ingredients"} and context.frame.band == SURE:
        return ""
    if context.memory.asked.kind in ROUTINES or context.frame.has("goes_on"):
        return ""
    if context.frame.of("product") and context.frame.polar and context.frame.has("asks_for_myself"):
        return ""  # "is the rice toner for me?"
    if context.frame.kind == "need" and context.frame.polar and context.frame.band == SURE:
        return ""  # "do I need toner?"
    if context.frame.kind == "product_ingredients" and shopping.asks_of_its_contents(context.frame):
        return ""  # "is there parfum in the rice toner?"
    return "find_product" if is_bare_wish(context.frame, context.memory) else ""


def two_by_name(context: Context) -> str:
    """ "Relief sun vs aqua fresh", no more: how the two differ, where one of them is known by name."""
    frame = context.frame
    short = shopping.says_versus(frame) and bool(frame.of("product", "brand")) and not frame.of("safety", "condition")
    unsure = frame.band != SURE or frame.kind in OF_SHOP
    return "difference" if short and unsure and frame.kind not in ("difference", "better", "price") else ""


def a_kind_alone(context: Context) -> str:
    """ "Sleeping mask", or whether there is one of a kind with or without something: what the shop has of it."""
    frame, memory = context.frame, context.memory
    alone = is_kind_alone(frame) and not memory.asked.kind and not memory.shown.kind
    there_is = frame.has("finder_question") and frame.polar and frame.words[:2] in ASKS_FOR_ANY and bool(frame.of("product_type"))
    return "find_product" if (alone and frame.band != SURE) or (there_is and frame.kind in ("together", "what_is")) else ""


def a_brand_with_a_name(context: Context) -> str:
    """ "Round lab dokdo": a brand beside words that nothing else explains."""
    frame = context.frame
    alone = bool(frame.of("brand")) and not frame.of(*NEEDS, "safety", "condition", "term", "country")
    return "find_product" if alone and frame.band == LOST and not frame.rules and not context.memory.asked.kind else ""


def cost_of_the_routine(context: Context) -> str:
    """ "How much is it all together?" after a routine was built."""
    asks = context.frame.kind in ("price", "amount") or context.frame.band != SURE
    return "routine_cost" if asks and routines.asks_what_it_costs(context.frame, context.memory) else ""


def price_of_something_else(context: Context) -> str:
    """ "Any cheaper?" that asks for no discount; the price of delivery, the cheapest of a kind, how two kinds differ."""
    frame, memory = context.frame, context.memory
    if frame.kind == "price" and shopping.compares_kinds(frame):
        return "difference"
    if shopping.price_of_delivery(frame, memory):
        return "delivery_cost"
    if frame.kind not in ROUTINES and shopping.cheapest_of_a_kind(frame):
        return "price"
    if frame.kind in ("better", "worth_the_price", "difference") and shopping.compares_prices(frame):
        return "price"
    if frame.kind in ("price", "discount", "better", "worth_the_price") and frame.has("cheaper_than_one") and frame.of("product"):
        return "find_similar"
    if frame.kind == "find_product" and shopping.asks_for_brands(frame):
        return "brands"
    return shopping.cheaper_means_no_discount(frame, memory, context.page)


def a_good_one_of_a_kind(context: Context) -> str:
    """ "What's a good cleanser?" wants products; how to choose one is another question."""
    frame = context.frame
    asks = frame.kind == "choose" and frame.has("asks_which") and frame.ids("product_type")
    return "find_product" if asks and not frame.of(*CONTENT, *NEEDS, "safety", "condition") else ""


def narrows_the_list(context: Context) -> str:
    """A short message that adds a wish to those of the list shown last."""
    frame, memory = context.frame, context.memory
    if shopping.counted(frame, memory):
        return ""
    if frame.kind in ("tell_profile", FOLLOW_UP) and wishes.plainly_narrows(frame, memory):
        return "find_product"
    return "find_product" if frame.band != SURE and wishes.narrows(frame, memory) else ""


def a_country_alone(context: Context) -> str:
    """ "Germany", alone: what was asked of delivery last, for there; else whether the shop delivers there."""
    frame, policy = context.frame, context.memory.shown.policy
    named = {one.label for one in frame.mentions}
    unclear = frame.band != SURE or frame.kind in ("out_of_scope", FOLLOW_UP, "delivery_area")
    of_a_place = policy in OF_PLACES
    unclear = unclear or (of_a_place and frame.kind == "tell_profile")
    if named != {"country"} or len(frame.words) > (MOST_OF_AN_ADDRESS if of_a_place else MOST_OF_A_COUNTRY) or not unclear:
        return ""
    return OF_PLACES.get(policy, "delivery_area")


def skincare_after_all(context: Context) -> str:
    """A short, bare message that means the last skincare question, where it would otherwise be one about the shop."""
    return shopping.skincare_instead(context.frame, context.memory, context.page)
