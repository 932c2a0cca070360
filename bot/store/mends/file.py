"""The form of an owner's `products.yml`: what of which product is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError, conlist, constr, root_validator

from bot.home.folder import PRODUCTS, HomeError
from bot.store.importers.base import ProductRecord
from bot.store.models import HANDLE_LENGTH, SHOP_ID_LENGTH, SKU_LENGTH, SLUG_LENGTH, SOURCE_LENGTH, TITLE_LENGTH

if TYPE_CHECKING:
    Text = Name = str
    Names = list[str]
else:
    Text = constr(strip_whitespace=True, min_length=1, max_length=TITLE_LENGTH)
    Name = constr(strip_whitespace=True, min_length=1, max_length=160)
    Names = conlist(Name, min_items=1, max_items=200)

MOST = 20_000
HEAD = "# What you mended of products, by their handles. The desk writes it; docs/home.md says what it does.\n"


class Mend(BaseModel):
    """What is mended of one product, and by what it is known besides its handle.

    Attributes:
        title: as it was when it was mended, for whoever reads the file.
        source, shop_id: the kind of file that it comes from, and the shop's own id there.
        skus: of its sizes.
        kind: what it is, an id of the knowledge's product types or "other".
        ingredients: the names of its label as printed, in their order.
    """

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    title: str = ""
    source: str = ""
    shop_id: str = ""
    skus: list[str] = []
    kind: str = ""
    ingredients: Optional[Names] = None

    @root_validator(skip_on_failure=True)
    def _something(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805 - pydantic hands the class
        if not values["kind"] and not values["ingredients"]:
            raise ValueError("give `kind` or `ingredients`")
        lengths = (("title", TITLE_LENGTH), ("source", SOURCE_LENGTH), ("shop_id", SHOP_ID_LENGTH), ("kind", SLUG_LENGTH))
        long = [name for name, most in lengths if len(str(values[name])) > most]
        if long:
            raise ValueError(f"{long[0]} is too long")
        return values


Mends = Mapping[str, Mend]
"""By handles, as they were when the product was mended."""


def parsed(text: Optional[str], kinds: Iterable[str]) -> dict[str, Mend]:
    """The mends of a file's text; none where there is no file.

    Args:
        text: of the file.
        kinds: ids of kinds that there are.

    Raises:
        HomeError: it cannot be used; the message names the product and the field.
    """
    try:
        raw = yaml.load(text or "", Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise HomeError(f"{PRODUCTS} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(raw, dict) or len(raw) > MOST:
        raise HomeError(f"{PRODUCTS} must be a mapping from handle to what is mended, of at most {MOST} products.")
    found, known = {}, frozenset(kinds)
    for handle, value in raw.items():
        try:
            mend = Mend.parse_obj({str(name): one for name, one in value.items()} if isinstance(value, dict) else value)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"] if step != "__root__")
            raise HomeError(f"{PRODUCTS}, {str(handle)[:80]}{f', {where}' if where else ''}: {first['msg']}.") from error
        if mend.kind and mend.kind not in known:
            raise HomeError(f"{PRODUCTS}, {str(handle)[:80]}, kind: the assistant knows no kind {mend.kind!r}.")
        found[str(handle)[:HANDLE_LENGTH]] = mend
    return found


def written(mends: Mends) -> str:
    """The text of a file with these mends."""
    plain = {handle: {name: value for name, value in mend.dict().items() if value} for handle, mend in mends.items()}
    return HEAD + (yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120) if plain else "{}\n")


def mend_of(record: ProductRecord, kind: str, ingredients: Optional[Iterable[str]]) -> Mend:
    """What is mended of a product."""
    skus = [one.sku for one in record.variants if one.sku and len(one.sku) <= SKU_LENGTH]
    listed = list(ingredients) if ingredients is not None else None
    return Mend(title=record.title, source=record.source if record.shop_id else "", shop_id=record.shop_id or "", skus=skus, kind=kind, ingredients=listed)
