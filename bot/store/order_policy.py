"""What the shop's owner allows with orders, as `orders` in `data/shop.yml` says it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any, Optional

from pydantic import BaseModel, Extra, Field, conint, constr, validator

if TYPE_CHECKING:
    Country = str
    Days = int
    Count = int
else:
    Country = constr(regex=r"^[A-Z]{2}$")
    Days = conint(ge=0, le=365)
    Count = conint(ge=1, le=100_000)


class Way(str, Enum):
    """What proves who asks: an order's number with its e-mail (for that order), the e-mail alone, name and postcode (for all
    orders of the customer), a code sent to the order's e-mail, or nothing that the chat can check."""

    NUMBER_AND_EMAIL = "number_and_email"
    MAILED_CODE = "mailed_code"
    EMAIL = "email"
    NAME_AND_POSTCODE = "name_and_postcode"
    NOBODY = "nobody"


class Until(str, Enum):
    """Until when an order can still be changed."""

    PACKED = "packed"
    SHIPPED = "shipped"
    NEVER = "never"


OF_CUSTOMERS = frozenset({Way.EMAIL, Way.NAME_AND_POSTCODE})
"""Ways that prove a customer, with all their orders."""
SATISFIES = {
    Way.NUMBER_AND_EMAIL: frozenset({Way.NUMBER_AND_EMAIL, Way.EMAIL}),
    Way.MAILED_CODE: frozenset({Way.MAILED_CODE, Way.NUMBER_AND_EMAIL, Way.EMAIL, Way.NAME_AND_POSTCODE}),
}
"""What else is proved by the way: who knows number and e-mail knows the e-mail, and who reads the mail of the order's address is the
customer, however they were found."""


def satisfies(way: str, accepted: Iterable[Way]) -> bool:
    """Whether what was proved is one of what is accepted, or more."""
    return bool(SATISFIES.get(Way(way), frozenset({Way(way)})).intersection(accepted))


class Reason(str, Enum):
    """Why an order is cancelled, where the owner takes only some reasons."""

    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"
    OTHER = "other"


class RefundTo(str, Enum):
    """Where a refund may go: the way it was paid, a gift card that the customer keeps with the shop, any way they keep."""

    ORIGINAL = "original"
    GIFT_CARD = "gift_card"
    KEPT = "kept"


class Payer(str, Enum):
    """Who pays the postage of a return."""

    CUSTOMER = "customer"
    SHOP = "shop"


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Tries(_Strict):
    """How many look-ups may fail within so many minutes: in a conversation, for one order, with one e-mail, with one name and with
    one postcode, from one network address where the channel knows it. `codes`: how many codes are sent within that time in a
    conversation and to one order's address (from one network address as many as look-ups may fail); `of_code`: how often one may be
    typed wrong."""

    minutes: Count = 60
    conversation: Count = 5
    order: Count = 8
    email: Count = 8
    name: Count = 8
    postcode: Count = 40
    address: Count = 30
    codes: Count = 4
    of_code: Count = 5


class WorkingDays(_Strict):
    """How long things take, in working days, and from how many days over an order counts as late for the team to look for."""

    dispatch: Days = 2
    delivery: Days = 5
    delivery_abroad: Days = 14
    grace: Days = 1
    refund: Days = 5


class Returns(_Strict):
    """What may come back: unopened products within `days` of delivery; opened ones only where the skin reacted within
    `reaction_days`, None: never. `problem_days`: until when something missing, broken or wrong can be told. `postage` and
    `postage_of_faults`: who pays, None where the owner has not said. `exchange_days`: until when something can be exchanged for
    another variant of the same product, None: the team decides. `ask_opened`: whether it counts that something is unopened, and so
    is asked. `once`: one return or exchange for an order, of everything that is to go back. `refund_to`: where money may go, the
    first unless the customer names another. `label_follows`: the shop's system sends the label by itself; else it is a ticket. `opens_itself`: what these
    rules allow is open in the shop at once; else the team approves it there, where the shop's engine knows of that."""

    days: Days = 30
    reaction_days: Optional[Days] = None
    problem_days: Days = 14
    postage: Optional[Payer] = None
    postage_of_faults: Optional[Payer] = None
    exchange_days: Optional[Days] = None
    ask_opened: bool = True
    once: bool = False
    refund_to: list[RefundTo] = Field(default_factory=lambda: [RefundTo.ORIGINAL], min_items=1)
    label_follows: bool = False
    opens_itself: bool = False


class OrderPolicy(_Strict):
    """The owner's rules on orders. `see` and `change` say what proves a customer, one way or any of several, for being told how an
    order is and for changing it; a change by somebody whom nothing can prove becomes a ticket. `proof_minutes`: how long a proof
    holds; `code_minutes`: how long a mailed code can be typed. `book_leads`: the shop works from this order book; else it is a copy of another system's orders, and changes become
    tickets. `home`: countries of the shorter delivery. `cancel_reasons`: the reasons that are taken, with the shop's words for
    each; empty: any, and none is asked for. `change_items_once`: after its items were changed an order stays as it is.
    `pays_back_itself`: the shop's system refunds a cancelled order; else it is a ticket. `exceptions_by_team`: what the rules do not
    let the chat do is offered to the team as a ticket; else it is refused. `orders_first`: who proved who they are is heard as
    speaking of their orders, whatever they say, as in a shop that is asked of nothing else."""

    see: tuple[Way, ...] = (Way.NUMBER_AND_EMAIL,)
    change: tuple[Way, ...] = (Way.MAILED_CODE,)
    proof_minutes: Count = 60
    code_minutes: Count = 10
    book_leads: bool = False
    tries: Tries = Tries()
    home: list[Country] = Field(default_factory=lambda: ["US"])
    working_days: WorkingDays = WorkingDays()
    cancel_until: Until = Until.PACKED
    cancel_reasons: dict[Reason, str] = {}
    change_address_until: Until = Until.PACKED
    change_items_until: Until = Until.NEVER
    change_items_once: bool = False
    change_payment_until: Until = Until.NEVER
    change_own_address: bool = False
    pays_back_itself: bool = False
    exceptions_by_team: bool = True
    orders_first: bool = False
    returns: Returns = Returns()

    @validator("see", "change", pre=True)
    def _several(cls, value: Any) -> Any:  # noqa: N805 - pydantic hands the class
        return (value,) if isinstance(value, str) else value

    @property
    def shows_orders(self) -> bool:
        """Whether anybody is told anything of an order."""
        return self.see != (Way.NOBODY,)

    @property
    def sees_by_code(self) -> bool:
        """Whether nothing is told of an order before a mailed code proved whose it is, not even that there is one."""
        return Way.MAILED_CODE in self.see and not {Way.NUMBER_AND_EMAIL, *OF_CUSTOMERS}.intersection(self.see)

    @property
    def of_customers(self) -> bool:
        """Whether a customer proves who they are once, for all their orders."""
        return bool(OF_CUSTOMERS.intersection(self.see))
