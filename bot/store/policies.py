"""The shop's own policies, as its owner wrote them in `data/shop.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from pydantic import BaseModel, Extra, Field, ValidationError, constr

from bot.nearest import did_you_mean
from bot.yaml_files import YamlFileError, line_of, read_yaml, shown

if TYPE_CHECKING:
    Text = str
    Country = str
else:
    Country = constr(regex=r"^[A-Z]{2}$")
    Text = constr(strip_whitespace=True, min_length=1, max_length=500)


class ShopError(Exception):
    """`data/shop.yml` cannot be used; the message names the field and what is wrong with it."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Contact(_Strict):
    """How people reach the shop's staff."""

    email: Text
    phone: Text
    hours: Text
    address: Text


class Policy(_Strict):
    """What the shop says on one kind of question. `hand_over`: the shop's staff must look into it, because the
    assistant sees no orders and no accounts."""

    say: Text
    more: list[Text] = []
    hand_over: bool = False


class Topic(_Strict):
    """A narrower question with an answer of its own ("gift cards"). `asked` holds what people write, several words each,
    of which all must be said; without `say` the shop has not decided, and that is what people are told."""

    name: Text
    asked: list[Text]
    say: Optional[Text] = None
    hand_over: bool = False


class Shop(_Strict):
    """A shop: its name, how to reach it, and a policy for each kind of support question. `delivers_to` are the ISO 3166
    codes of the countries that it delivers to; empty where the owner lists none."""

    name: Text
    about: Text
    currency: str = Field(..., regex=r"^[A-Z]{3}$")
    contact: Contact
    delivers_to: list[Country] = []
    policies: dict[str, Policy]
    topics: dict[str, Topic] = {}

    def policy(self, kind: str) -> Optional[Policy]:
        """The policy for a kind of question ("delivery_time"), or None when the owner wrote none."""
        return self.policies.get(kind)


def load_shop(path: Path) -> Shop:
    """Reads and checks the shop's file.

    Raises:
        ShopError: when it cannot be read or a field is wrong.
    """
    try:
        return Shop.parse_obj(read_yaml(path))
    except YamlFileError as error:
        raise ShopError(str(error)) from error
    except ValidationError as error:
        raise ShopError("; ".join(_told(path, one["loc"], one["msg"]) for one in error.errors())) from error


def _told(path: Path, place: tuple[int | str, ...], what: str) -> str:
    """A mistake with its line, and for a field that nobody knows the name it probably should have."""
    field = ".".join(str(step) for step in place if step != "__root__")
    if what == "extra fields not permitted":
        what = f"there is no such field.{did_you_mean(str(place[-1]), _fields_beside(place))}"
    return f"{shown(path)}:{line_of(path, place)}: {field or 'the file'}: {what}"


def _fields_beside(place: tuple[int | str, ...]) -> list[str]:
    """The fields that may stand where a field that nobody knows does."""
    kinds: dict[str, type[_Strict]] = {"contact": Contact, "policies": Policy, "topics": Topic}
    key = str(place[0]) if len(place) > 1 else ""
    return list(kinds[key].__fields__ if key in kinds else Shop.__fields__)
