"""Telling once that something is back: on Telegram in the chat itself, elsewhere by mail, once who reads the mailbox agreed by a code."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.products.asked_sizes import asked_sizes
from bot.answers.products.listing import spoke_of
from bot.answers.products.meant import meant
from bot.answers.turn import Turn
from bot.store.notice_models import BY_MAIL, BY_TELEGRAM
from bot.store.notices import Notice
from bot.store.requests import Request
from bot.store.support_models import DONE, DROPPED, REFUSED
from bot.store.views import ProductView
from bot.support.asking import ADDRESS
from bot.support.codes import DIGITS, Typed
from bot.support.proving import Asker, Refusal
from bot.understanding.codes import typed_code
from bot.understanding.memory import OpenRequest
from bot.understanding.order_numbers import told
from bot.understanding.support import NOTICE, NOTICE_CODE, NOTICE_EMAIL

TELEGRAM = "telegram"
NUMBER, HANDLE, SKU, NAME = "notice", "handle", "sku", "name"
WRONG = {Typed.WRONG: "code_wrong", Typed.OVER: "code_over", Typed.TOO_OFTEN: "code_too_often"}


def can_tell(turn: Turn) -> bool:
    """Whether anybody can be told here that something is back."""
    return turn.channel == TELEGRAM or turn.resources.mailer is not None


def with_offer(turn: Turn, text: str) -> Words:
    """That a product is not there, with the offer to tell when it is."""
    return Words(f"{text} {turn.say('notice_offer')}", buttons=[_button(turn.say("notice_wish"))]) if can_tell(turn) else Words(text)


def asked(turn: Turn) -> Optional[Answer]:
    """The answer to who wants to be told when something is back; None where it is there."""
    found = meant(turn)
    if not found:
        return turn.reply(turn.say("notice_which"))
    product = found[0]
    missing = [one for one in asked_sizes(turn.frame, product) or product.variants if not one.in_stock]
    if not missing:
        return None
    alone = missing[0] if len(missing) == 1 else None
    name = f"{product.title} ({alone.size})" if alone and alone.size and len(product.variants) > 1 else product.title
    sku = (alone.sku or "") if alone else ""
    if turn.channel == TELEGRAM:
        kept = turn.resources.notices.want(turn.sender, BY_TELEGRAM, product.handle, sku, name)
        return _spoke(turn, product, turn.say("notice_here" if kept else "notice_too_many", product=name))
    request = turn.resources.requests.begin(turn.sender, NOTICE, details={HANDLE: product.handle, SKU: sku, NAME: name})
    email = told(turn.frame, asked=False).email
    return _confirm(turn, request, email) if email else _ask(turn, request, turn.say("notice_email", product=name), NOTICE_EMAIL)


def heard(turn: Turn) -> Answer:
    """Goes on with it: the address, then the code that went there."""
    pointer = turn.memory.request
    request = turn.resources.requests.of(turn.sender, pointer.id) if pointer else None
    if pointer is None or request is None:
        return _over(turn, turn.say("request_gone"))
    frame, email = turn.frame, told(turn.frame, asked=False).email
    if email:
        return _confirm(turn, request, email)
    if frame.has("gives_up", "said_no", "cannot_read_mail") or frame.intent == "deny":
        return _dropped(turn, request)
    notice = turn.resources.notices.of(turn.sender, int(request.details.get(NUMBER) or 0))
    if pointer.awaits == NOTICE_EMAIL or notice is None:
        return _ask(turn, request, turn.say("request_waits_notice_email"), NOTICE_EMAIL)
    if frame.has("wants_code_again"):
        return _sent(turn, request, notice.email)
    return _typed(turn, request, notice, typed_code(frame.text))


def _typed(turn: Turn, request: Request, notice: Notice, code: str) -> Answer:
    if len(code) != DIGITS:
        return _ask(turn, request, turn.say("code_length" if code else "request_waits_notice_code"), NOTICE_CODE)
    typed = turn.resources.codes.typed(_asker(turn), code, notice.email)
    if typed is not Typed.RIGHT:
        return _ask(turn, request, turn.say(WRONG[typed]), NOTICE_CODE, [_button(turn.say("code_again"))])
    turn.resources.notices.agree(turn.sender, notice.id)
    turn.resources.requests.keep(replace(request, state=DONE, details={}))
    return _over(turn, turn.say("notice_done", product=notice.name))


def _confirm(turn: Turn, request: Request, email: str) -> Answer:
    """Keeps the wish, and asks the mailbox whether it agrees: nobody is written to because somebody else said so."""
    details = request.details
    before = int(details.get(NUMBER) or 0)
    if before:
        turn.resources.notices.drop(turn.sender, before)
    number = turn.resources.notices.want(turn.sender, BY_MAIL, str(details[HANDLE]), str(details[SKU]), str(details[NAME]), email)
    if not number:
        turn.resources.requests.keep(replace(request, state=REFUSED, details={}))
        return _over(turn, turn.say("notice_too_many"))
    request = replace(request, details={**details, NUMBER: number})
    turn.resources.requests.keep(request)
    return _sent(turn, request, email)


def _sent(turn: Turn, request: Request, email: str) -> Answer:
    if turn.resources.codes.want_agreed(_asker(turn), email) is Refusal.TOO_MANY:
        turn.resources.notices.drop(turn.sender, int(request.details[NUMBER]))
        turn.resources.requests.keep(replace(request, state=REFUSED, details={}))
        return _over(turn, turn.say("code_too_many"))
    minutes = str(turn.resources.codes.policy.code_minutes)
    return _ask(turn, request, turn.say("notice_code", email=email, product=str(request.details[NAME]), minutes=minutes), NOTICE_CODE)


def _dropped(turn: Turn, request: Request) -> Answer:
    turn.resources.notices.drop(turn.sender, int(request.details.get(NUMBER) or 0))
    turn.resources.requests.keep(replace(request, state=DROPPED, details={}))
    return _over(turn, turn.say("notice_dropped"))


def _spoke(turn: Turn, product: ProductView, text: str) -> Answer:
    return spoke_of(turn, [Words(text)], [product])


def _ask(turn: Turn, request: Request, text: str, awaits: str, buttons: Sequence[Button] = ()) -> Answer:
    memory = replace(turn.memory, request=OpenRequest(request.id, NOTICE, awaits), lost=0)
    return turn.answer(Words(text, buttons=buttons), memory=memory)


def _over(turn: Turn, text: str) -> Answer:
    return turn.answer(Words(text), memory=replace(turn.memory, request=None, lost=0))


def _asker(turn: Turn) -> Asker:
    return Asker(turn.sender, ADDRESS.get())


def _button(title: str) -> Button:
    return {"title": title, "payload": title}
