"""The shop's own policies, as its owner wrote them in `data/shop.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from pydantic import BaseModel, Extra, Field, ValidationError, constr, validator

from bot.home.folder import SHOP
from bot.home.merging import merged
from bot.home.pictures import NO_PICTURE, is_picture_name
from bot.nearest import did_you_mean
from bot.store.order_policy import OrderPolicy, Returns, Tries, WorkingDays
from bot.store.people_policy import Offer, People
from bot.yaml_files import YamlFileError, line_of, read_yaml, shown

if TYPE_CHECKING:
    Text = str
    Word = str
    Country = str
else:
    Country = constr(regex=r"^[A-Z]{2}$")
    Text = constr(strip_whitespace=True, min_length=1, max_length=500)
    Word = constr(strip_whitespace=True, max_length=500)


NAMELESS = "this shop"


class ShopError(Exception):
    """`data/shop.yml` cannot be used; the message names the field and what is wrong with it."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Contact(_Strict):
    """How people reach the shop's staff; what there is not is left empty."""

    email: Word = ""
    phone: Word = ""
    hours: Word = ""
    address: Word = ""

    @property
    def ways(self) -> str:
        """How to write or call, those that there are: "care@shop.example or +1 555 0142"; empty where there are none."""
        return " or ".join(filter(None, (self.email, self.phone)))


class Policy(_Strict):
    """What the shop says on one kind of question. `hand_over`: the shop's staff must look into it, because the
    assistant sees no orders and no accounts."""

    say: Text
    more: list[Text] = []
    hand_over: bool = False


class Topic(_Strict):
    """What the shop says on a narrower question ("gift cards"): one of the starter pack, or with `name` and `asked` its own.

    Attributes:
        answer: yes or no to the topic's question, said first where that is what is asked for.
        say: what is said; without it the shop has not decided, and that is what people are told.
        hand_over: the staff must look into it.
        picture: the name of a picture of the owner's that is shown beside what is said.
        name: what an own topic is about, as "I have no word from the shop on ..." goes on.
        asked, turned, unless: phrases of an own topic; takes, leaves: examples; see `bot.understanding.asked`.
    """

    answer: Optional[bool] = None
    say: Optional[Text] = None
    hand_over: bool = False
    picture: str = ""
    name: Optional[Text] = None
    asked: list[Text] = []
    turned: list[Text] = []
    unless: list[Text] = []
    takes: list[Text] = []
    leaves: list[Text] = []

    @validator("picture")
    def _may_be_a_picture(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value and not is_picture_name(value):
            raise ValueError(NO_PICTURE)
        return value


class Shop(_Strict):
    """A shop: its name, how to reach it, and a policy for each kind of support question. `delivers_to` are the ISO 3166
    codes of the countries that it delivers to, `pays_with` the ways to pay by their keys in
    `data/understanding/topics/_ways_to_pay.yml`; empty where the owner lists none. `cart_link`
    is the address that puts a product into the cart, with {sku}, {id} (the shop's own of that size) or {handle} where the product's stands. `sample` marks the words of the sample shop,
    which no other shop may be spoken for with. `orders`: the rules on orders, None where the assistant is to look none up.
    `people`: who answers in the chat when."""

    name: Text
    about: Text
    currency: str = Field(..., regex=r"^[A-Z]{3}$")
    contact: Contact
    delivers_to: list[Country] = []
    pays_with: list[str] = []
    cart_link: Optional[str] = Field(None, regex=r"^(https?://|/)[^\s{}]*(\{(sku|id|handle)\}[^\s{}]*)+$", max_length=500)
    policies: dict[str, Policy]
    topics: dict[str, Topic] = {}
    orders: Optional[OrderPolicy] = None
    people: People = People()
    sample: bool = False

    def without_words(self) -> Shop:
        """A shop of which only the currency is known, for an owner's catalogue with the sample's words beside it."""
        return Shop(name=NAMELESS, about=NAMELESS, currency=self.currency, contact=Contact(), policies={})

    def policy(self, kind: str) -> Optional[Policy]:
        """The policy for a kind of question ("delivery_time"), or None when the owner wrote none."""
        return self.policies.get(kind)


def load_shop(path: Path, home: Optional[Path] = None) -> Shop:
    """Reads and checks the shop's file, with the owner's own laid over it. Of the sample's words nothing is left where the owner's file
    names a shop of theirs.

    Args:
        path: the project's file.
        home: the folder of the owner's own files; it need not be there.

    Raises:
        ShopError: when one cannot be read or a field is wrong.
    """
    base, own = _content(path), _own(home)
    if own is None or home is None:
        return _parsed(base, path)
    if not isinstance(own, Mapping) or (isinstance(base, Mapping) and base.get("sample") and "name" in own):
        return _parsed(own, home / SHOP)
    return _parsed(merged(base, own), path, home / SHOP)


def load_own_words(path: Path, home: Optional[Path] = None) -> Shop:
    """A shop of which only the currency is known and what stands in the owner's own file, for an owner's catalogue with the sample's
    words beside it.

    Raises:
        ShopError: see `load_shop`.
    """
    nameless, own = load_shop(path, home).without_words(), _own(home)
    if home is None or not isinstance(own, Mapping):
        return nameless
    said = {key: own[key] for key in ("contact", "policies", "topics") if key in own}
    return _parsed({**nameless.dict(), **said}, path, home / SHOP)


def _own(home: Optional[Path]) -> Any:
    """The content of the owner's own file; None where there is none, or nothing in it."""
    return _content(home / SHOP) if home is not None and (home / SHOP).is_file() else None


def _content(path: Path) -> Any:
    try:
        return read_yaml(path)
    except YamlFileError as error:
        raise ShopError(str(error)) from error


def _parsed(content: Any, *paths: Path) -> Shop:
    """The shop of a content; mistakes are named in the last of the files that has the field."""
    try:
        return Shop.parse_obj(content)
    except ValidationError as error:
        raise ShopError("; ".join(_told(_file_of(one["loc"], paths), one["loc"], one["msg"]) for one in error.errors())) from error


def _file_of(place: tuple[int | str, ...], paths: tuple[Path, ...]) -> Path:
    """The owner's file where the field stands in it, or where nothing but it counts."""
    value = _content(paths[-1])
    for step in place:
        in_list = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if not in_list and not (isinstance(value, Mapping) and step in value):
            return paths[0]
        value = value[step]
    return paths[-1]


def _told(path: Path, place: tuple[int | str, ...], what: str) -> str:
    """A mistake with its line, and for a field that nobody knows the name it probably should have."""
    field = ".".join(str(step) for step in place if step != "__root__")
    if what == "extra fields not permitted":
        what = f"there is no such field.{did_you_mean(str(place[-1]), _fields_beside(place))}"
    return f"{shown(path)}:{line_of(path, place)}: {field or 'the file'}: {what}"


def _fields_beside(place: tuple[int | str, ...]) -> list[str]:
    """The fields that may stand where a field that nobody knows does."""
    kinds: dict[str, type[_Strict]] = {"contact": Contact, "policies": Policy, "topics": Topic}
    if place[0] == "orders":
        within: dict[str, type[BaseModel]] = {"tries": Tries, "working_days": WorkingDays, "returns": Returns}
        return list(within.get(str(place[1]) if len(place) > 2 else "", OrderPolicy).__fields__)
    if place[0] == "people":
        parts: dict[str, type[BaseModel]] = {"offer": Offer}
        return list(parts.get(str(place[1]) if len(place) > 2 else "", People).__fields__)
    key = str(place[0]) if len(place) > 1 else ""
    return list(kinds[key].__fields__ if key in kinds else Shop.__fields__)
