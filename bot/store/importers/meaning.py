"""What a product's words mean: its label, kind, concerns and skin types, as far as the knowledge knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.rules.advice import merge
from bot.store.importers import fields
from bot.store.importers.base import VariantRecord
from bot.store.importers.kinds import OTHER, Kind
from bot.store.importers.known_names import KnownNames
from bot.store.importers.label import find_label
from bot.store.importers.raw import RawProduct
from bot.store.importers.texts import plain_text
from bot.store.models import REASON_LENGTH

NEW = "new"
IN_PIECES = frozenset(("pad", "sheet"))


def meaning(
    raw: RawProduct, title: str, type_text: str, body: str, variants: Sequence[VariantRecord], known: KnownNames
) -> dict[str, Any]:
    """The fields of a `ProductRecord` that its words tell; None for those that the file could not have told.

    Args:
        raw: what the file says.
        title, type_text, body: its name, the shop's word for its kind and its description, as plain text.
        variants: its sizes, which tell a toner from toner pads.
        known: the knowledge's names.
    """
    label = find_label(body, [(plain_text(text), partial) for text, partial in raw.labels], known)
    kind = _kind(raw, title, type_text, variants, known)
    concerns, skin_types, flags = fields.tags(raw.tags or "")
    claimed = known.deriving.marks(f"{title} . {body}")
    if known.deriving.is_new(raw.tags or "", raw.categories):
        claimed = (*claimed, NEW)
    told = raw.tags is not None
    derives = kind.kind != OTHER
    tags, deriving = raw.tags or "", known.deriving
    of_title = known.named_in(title) if derives and not (concerns and label.names) else ()
    return {
        "description": None if raw.body is None else label.rest,
        "ingredients": label.names if label.names or raw.tells_label else None,
        "label_doubt": label.doubt[:REASON_LENGTH],
        "named": () if label.names else merge(
            of_title or known.named_in(title), known.named_in(label.rest), label.named, known.named_in(tags.replace(",", " . "))
        ),
        "kind": kind.kind,
        "kind_reason": kind.reason[:REASON_LENGTH],
        "concerns": concerns if told else None,
        "skin_types": skin_types if told else None,
        "flags": tuple(sorted({*flags, *claimed})) if told or claimed else None,
        "derived_concerns": deriving.concerns(title, label.rest, tags, of_title) if derives and not concerns else (),
        "derived_skin_types": deriving.skin_types(title, label.rest, tags) if derives and not skin_types else (),
    }


def _kind(raw: RawProduct, title: str, type_text: str, variants: Sequence[VariantRecord], known: KnownNames) -> Kind:
    if raw.gift_card:
        return Kind(OTHER, "the shop's mark for gift cards")
    kind = known.kinds.kind(title, type_text, raw.categories, raw.tags or "")
    pieces = next((one.size for one in variants if one.unit in IN_PIECES), "")
    return Kind("toner_pad", f"{kind.reason}, sold in {pieces!r}") if kind.kind == "toner" and pieces else kind
