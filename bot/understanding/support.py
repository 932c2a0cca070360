"""What a message means for a customer's orders: that it is about one of theirs, and whether an open request listens to it."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.care import asks_to_go_on
from bot.understanding.codes import typed_code
from bot.understanding.context import FOLLOW_UP, Context
from bot.understanding.email_corrections import domain_in
from bot.understanding.frame import LOST, SURE, Frame, kind_of_intent
from bot.understanding.memory import Memory, OpenRequest
from bot.understanding.order_numbers import told
from bot.understanding.upset import UPSET

STATUS, CANCEL, CHANGE, RETURN, REFUND, PROBLEM = "order_status", "cancel_order", "change_order", "return", "refund", "report_problem"
OF_ORDERS = frozenset({STATUS, CANCEL, CHANGE, RETURN, REFUND, PROBLEM})
CHANGE_ITEMS, CHANGE_PAYMENT, OWN_ADDRESS, FACTS, TEAM = "change_items", "change_payment", "change_own_address", "order_facts", "team"
"""Kinds of request that no intent is for: they are told by their words (`requests`)."""
OPEN, TICKET, HUMAN, NO_HUMAN = "open_request", "ticket", "human", "no_human"
BACK, SHARE = "back_to_assistant", "share_profile"
"""The kinds of its own: a message that the open request listens to, a question about a ticket, that a person is wanted, or not wanted
after all, that the assistant is, and that the staff may read what is known of the customer's skin and health."""
ASKS_AFTER, ASKS_FOR_NAMED, NAMES_STAFF = "asks_after_somebody", "asks_for_named", "names_staff"
"""Cues of who asks after somebody by name; the last is set where the name is one."""
RATE, RATES_GOOD, RATES_BAD, RATES_ENDED = "rate_talk", "rates_good", "rates_bad", "rates_ended_talk"
"""The kind of what is said of a talk that ended, and its cues; the last is set where there is such a talk."""
TRANSCRIPT, WANTS_TRANSCRIPT, MAILS_TRANSCRIPT = "transcript", "wants_transcript", "mails_transcript"
"""The kind of who wants a copy of the conversation by mail, and its cues; the last is set where it can be sent."""
LONGEST_BACK = 9
PROOF, YES, ITEMS, REASON, WISH, ADDRESS, WHAT, EMAIL = "proof", "yes", "items", "reason", "wish", "address", "what", "email"
WHICH_ORDER, VARIANT, METHOD, CODE = "which_order", "variant", "method", "code"
NOTICE, NOTICE_EMAIL, NOTICE_CODE = "stock_notice", "notice_email", "notice_code"
"""What an open request waits for."""
TELL_NOTHING = frozenset({
    "affirm", "deny", "thank", "greet", "out_of_scope", FOLLOW_UP, "tell_profile", "lost", "did_you_mean", "how_to_order", "contact", "amount", "stock",
})
"""Kinds as which the words of an answer are easily taken: "10432", "the second one"."""
DELIVERIES = frozenset({"delivery_time", "carrier", "results", "contact", "human", "payment", "delivery_area", "how_to_order", "packaging"})
FAULTS = ("is_damaged", "is_missing", "is_wrong", "is_faulty")
FEW, LONGEST_OF_STATE = 4, 14


def a_person_was_offered(context: Context) -> str:
    """Yes or no to the person that the last answer offered."""
    frame = context.frame
    if not context.memory.offer_open or not _is_short(frame):
        return ""
    if frame.has("said_no", "gives_up") or frame.intent == "deny":
        return NO_HUMAN
    return HUMAN if frame.has("said_yes") or frame.intent == "affirm" else ""


def the_assistant_is_wanted(context: Context) -> str:
    """ "Back to the assistant" while the assistant has the talk: after a person was offered, or a message was taken."""
    frame = context.frame
    back = frame.has("wants_assistant") and not frame.has("said_no", "wants_person", "demands_person")
    return BACK if back and len(frame.words) <= LONGEST_BACK else ""


def a_talk_is_rated(context: Context) -> str:
    """ "It helped", of a talk with a person that ended lately."""
    return RATE if context.frame.has(RATES_ENDED) else ""


def a_copy_is_wanted(context: Context) -> str:
    """ "E-mail me this chat", of who talked to a person."""
    return TRANSCRIPT if context.frame.has(MAILS_TRANSCRIPT) and not context.frame.has("said_no") else ""


def more_may_be_read(context: Context) -> str:
    """ "Share my skin details" of who left a message for the staff."""
    frame = context.frame
    waits = context.memory.request is not None and context.memory.request.kind == HUMAN
    shares = waits and frame.has("shares_profile") and not frame.has("said_no")
    return SHARE if shares and len(frame.words) <= LONGEST_BACK else ""


def a_person_is_asked_for_abroad(context: Context) -> str:
    """A person is asked for in a language in which the assistant does not answer."""
    frame = context.frame
    asks = frame.has("wants_person_abroad") and not frame.has("refuses_abroad")
    return HUMAN if asks and frame.kind not in ("report_reaction", "read_label") else ""


def a_person_is_refused(context: Context) -> str:
    """No person is wanted: "I don't need a human" asks for none, though it sounds like it."""
    frame = context.frame
    sounds = frame.kind in (HUMAN, CANCEL, CHANGE) or frame.kind in TELL_NOTHING or frame.band != SURE or frame.has("demands_person")
    return NO_HUMAN if sounds and frame.has("refuses_person") else ""


def a_person_is_asked_for(context: Context) -> str:
    """A person is plainly asked for, whatever it is about: no topic of the shop is meant."""
    frame = context.frame
    surely = frame.kind == HUMAN and frame.band == SURE and frame.has("asks_for_person")
    return HUMAN if surely or (frame.has("demands_person", NAMES_STAFF) and not frame.story) else ""


def the_label_of_a_return(context: Context) -> str:
    """ "Ok, send me that label" in a talk of returns and refunds, which is none of a product."""
    talked = context.memory.shown.policy in (RETURN, REFUND, PROBLEM, "return_postage", "return_address", "return_box")
    return RETURN if talked and context.frame.has("wants_label") and not context.frame.mentions else ""


def heard_as_of_orders(context: Context) -> str:
    """The whole message was heard as about a customer's orders before its questions were looked at."""
    return OPEN if context.frame.kind == OPEN else ""


def open_request_listens(context: Context) -> str:
    """A request is open, and the message is for it. Anger, a threat and the like are heard first where they tell nothing of what it
    waits for."""
    frame, request = context.frame, context.memory.request
    if request is not None and request.awaits == YES and request.kind == STATUS and still_waits(frame) and not frame.has("said_no", "gives_up"):
        return OPEN  # "still not here, ridiculous": of the order that is late
    if not listens(frame, context.memory):
        return ""
    proves = request if request is not None and request.awaits == PROOF else None
    if proves and frame.band == SURE and frame.has("gives_up") and (other := kind_of_intent(frame.intent)) in {CHANGE, RETURN} - {proves.kind}:
        return other  # "no, keep it, I just put my old address in"
    if proves and proves.kind in OF_ORDERS and told(frame, asked=True).nothing and not frame.has("gives_up", "lost_number", "said_no"):
        upset = context.of_shop(replace(frame, meant=()), context.memory)
        return upset if upset == UPSET else OPEN
    return OPEN


def an_email_is_refused(context: Context) -> str:
    """ "I won't tell you my e-mail", where no order is talked of: the ways to reach the shop."""
    frame = context.frame
    return "contact" if frame.has("refuses_email") and told(frame, asked=True).nothing and not frame.mentions else ""


def an_order_with_its_number(context: Context) -> str:
    """What plainly asks something of an order, with its number or the customer's address: no topic of the shop is meant."""
    frame = context.frame
    named = told(frame, asked=True)
    if not (named.number or named.email):
        return ""
    if named.number and frame.has("refuses_email"):
        return frame.kind if frame.kind in OF_ORDERS else STATUS
    if named.number and frame.has("is_wrong") and frame.has("refuses_refund", "wants_replacement"):
        return PROBLEM  # "you sent another one, I want the right one and no refund"
    if named.number and frame.has("is_missing", "is_damaged") and not frame.has("wants_done", "refuses_email") and frame.kind not in (CANCEL, CHANGE, RETURN, REFUND):
        return PROBLEM
    if named.number and named.email and frame.has("other_payment", "about_extras") and frame.kind not in (CANCEL, RETURN, REFUND):
        return CHANGE
    if frame.has("asks_items"):
        return STATUS
    if frame.kind == "stock" and told(frame, asked=False).number and not frame.of("product", "brand"):
        return STATUS  # "has #10394 gone out?"
    if frame.kind == CHANGE and frame.has("is_late", "not_received") and not frame.has("wants_done"):
        return STATUS  # "it has not moved" asks for no other address
    if frame.kind in OF_ORDERS and frame.band == SURE:
        return frame.kind
    if named.number and named.email and frame.has("gets_rid_of"):
        return CANCEL
    return ""


def an_order_is_meant(context: Context) -> str:
    """A number or an e-mail with little that would be another question, a ticket, or "my order is late" that sounds like a question
    about delivery."""
    frame = context.frame
    if frame.has("of_ticket") and frame.kind not in ("return", "cancel_order"):
        return TICKET
    if frame.kind == CANCEL and frame.has("of_my_order") and not frame.has("says_cancel"):
        return STATUS  # "it is about my order"
    if frame.kind in OF_ORDERS and frame.band == SURE:
        return ""
    named, any_number = told(frame, asked=False), told(frame, asked=True)
    unsure = frame.band != SURE or frame.kind in DELIVERIES
    tells = bool(any_number.number and any_number.email) or (bool(named.number or named.email) and (unsure or _is_short(frame)))
    tells = tells or (unsure and bool(any_number.number) and len(frame.words) == 1)
    open_to_it = unsure or frame.kind in TELL_NOTHING
    tells = tells or (open_to_it and bool(any_number.number) and frame.has("asks_state", "is_late", "not_received", "asks_news") and not frame.mentions)
    if open_to_it and any_number.number and frame.kind not in OF_ORDERS and not frame.mentions and frame.has("about_address", "other_payment", "about_extras"):
        return CHANGE
    if unsure and context.memory.shown.policy and not frame.mentions and frame.has("drops_a_thing"):
        return CHANGE
    talked_of = context.memory.request is not None and (unsure or frame.kind in TELL_NOTHING)
    tells = tells or (talked_of and bool(any_number.number))  # "and 10434?"
    if named.email and not named.number and (context.memory.shown.handle or context.memory.shown.listed):
        tells = False  # an address behind a talk of products is for something else
    late = unsure and frame.has("of_my_order") and frame.has("not_received", "is_late", "other_order")
    if tells and _asks_for_nothing_done(frame, talked_of and bool(any_number.number)):
        return STATUS  # another number alone asks for no change, nor does "what was in it again?"
    if frame.kind in OF_ORDERS:
        wishes = frame.has("of_my_order") or (frame.has("wants_done") and not asks_to_go_on(context))
        return frame.kind if tells or wishes else ""
    return STATUS if tells or late else ""


def listens(frame: Frame, memory: Memory) -> bool:
    """True where the message goes on with the open request: it tells what the request waits for, agrees, denies, asks whether it
    is done, or says nothing of its own. Another request and a question about something else do not."""
    request = memory.request
    if frame.kind == HUMAN and frame.band == SURE:
        return False
    if request is not None and request.kind == HUMAN:
        return request.awaits == EMAIL and _leaves_address(frame, request.stale)
    if request is None or not request.awaits:
        return request is not None and frame.has("is_it_done") and told(frame, asked=False).nothing
    if request.awaits in (CODE, NOTICE_CODE):
        return _is_of_the_code(frame) or (request.awaits == NOTICE_CODE and bool(told(frame, asked=False).email))
    if request.awaits == NOTICE_EMAIL:
        return _leaves_address(frame, stale=False)
    tells = told(frame, asked=request.awaits == PROOF)
    another = frame.kind in OF_ORDERS and frame.kind != request.kind and frame.band == SURE and frame.has("wants_done")
    if request.awaits == YES and request.kind == STATUS and frame.has("looked_around", "shows_delivered"):
        return True
    if wishes_besides(frame, request) or (request.awaits == PROOF and frame.has("refuses_email", "of_somebody_else", "looked_around")):
        return True
    if request.kind == PROBLEM and frame.kind in (REFUND, RETURN) and tells.nothing:
        return True  # what is wished for what is wrong: "no refund, I want a new one"
    if another and request.awaits not in (WISH, REASON):
        return False
    if frame.kind in OF_ORDERS and request.awaits != PROOF and (tells.number or asks_for_the_rule(frame)):
        return False
    if request.awaits == PROOF:
        if request.unmatched and domain_in(frame.text):
            return True  # "sorry, gmail.com": of the address that fitted none
        if frame.band != SURE and frame.has("is_late", "not_received", "asks_state"):
            return True
        wishes = request.kind in (PROBLEM, REFUND, RETURN) and frame.has("wants_replacement", "wants_refund") and "?" not in frame.text
        if wishes and not frame.of("ingredient", "family", "product"):
            return True  # "I'd like a new one"
        if frame.has("of_my_order") and frame.has("other_order"):
            return True  # "what was in my other order?"
        return not tells.nothing or frame.has("gives_up", "lost_number", "is_it_done") or (_is_short(frame) and (frame.kind in ("deny", "affirm") or frame.has("said_yes", "said_no")))
    if request.awaits == YES:
        unclear = _is_short(frame) or frame.band != SURE or frame.kind in OF_ORDERS or frame.kind in TELL_NOTHING
        return frame.has("said_yes", "said_no", "gives_up") or not tells.nothing or (unclear and not asks_something_else(frame))
    return not asks_something_else(frame) or frame.has("gives_up")


def still_waits(frame: Frame) -> bool:
    """True where no more is said than that it takes too long, or not come, in whatever tone; where a question is asked, or anger says more than
    that, it is answered."""
    return frame.has("has_waited", "not_received", "is_late") and len(frame.words) <= LONGEST_OF_STATE and told(frame, asked=False).nothing and not frame.mentions


def wishes_besides(frame: Frame, request: OpenRequest) -> bool:
    """True where a message says what else shall change of the order that is talked of, or, against what was proposed, what instead: "no, don't
    cancel it, just take one off"."""
    if request.awaits not in (WHAT, YES) or asks_for_the_rule_plainly(frame):
        return False
    if request.kind == CHANGE and frame.has("about_extras", "other_payment"):
        return True
    if request.awaits == WHAT:
        return frame.has("about_items", "about_delivery", "about_address", "about_payment")
    return request.kind in OF_ORDERS and frame.has("said_no", "gives_up") and frame.has("wishes_instead")


def asks_for_the_rule_plainly(frame: Frame) -> bool:
    """True for "how do you ...", "what is your rule on ...": about the shop, whatever is talked of."""
    return frame.has("question_word") and not frame.has("said_no", "of_my_order")


def _is_of_the_code(frame: Frame) -> bool:
    """True where a code is typed, or something is said of it: that it did not come, that its mailbox cannot be read."""
    says = frame.has("wants_code_again", "cannot_read_mail", "gives_up", "is_it_done")
    return bool(typed_code(frame.text)) or says or (_is_short(frame) and frame.has("said_yes", "said_no"))


def _leaves_address(frame: Frame, stale: bool) -> bool:
    """True where an e-mail address is told, of no order, or refused right after it was asked for."""
    tells = told(frame, asked=False)
    if tells.email and not tells.number:
        return not (frame.kind in OF_ORDERS and frame.band == SURE)
    return not stale and tells.nothing and _is_short(frame) and frame.has("gives_up", "said_no")


def asks_something_else(frame: Frame) -> bool:
    """True where the message surely asks something of its own, which is no order's."""
    if frame.kind in OF_ORDERS or frame.kind in TELL_NOTHING or frame.band != SURE:
        return False
    return "?" in frame.text or frame.has("question_word", "polar")


def asks_for_the_rule(frame: Frame) -> bool:
    """True where a question is about what the shop allows, not about the customer's own order."""
    return frame.kind in OF_ORDERS and frame.band == SURE and not is_about_own(frame) and frame.has("question_word", "polar")


def is_about_own(frame: Frame) -> bool:
    """True where a question is about an order of the customer's, not about the shop's rules."""
    if frame.kind in (STATUS, PROBLEM):
        return True
    return not told(frame, asked=True).nothing or frame.has("of_my_order", "wants_done", "is_it_done")


def _is_short(frame: Frame) -> bool:
    return len(frame.words) <= FEW


def _asks_for_nothing_done(frame: Frame, numbered: bool) -> bool:
    """True where nothing is understood but another order's number, or what is in an order is asked."""
    alone = frame.band == LOST and numbered and not frame.has("wants_done", "about_address", "other_payment", "about_extras", "about_items")
    return alone or (frame.band != SURE and frame.has("asks_contents", "asks_items") and not frame.has("wants_done"))
