"""Parcels of a WooCommerce order. WooCommerce keeps none of its own: plugins write them into a field of the order, the widespread ones
(WooCommerce Shipment Tracking, Advanced Shipment Tracking) in the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from bot.support.gateway import Parcel

FIELD = "_wc_shipment_tracking_items"
LONGEST_SHORT = 4
"""The plugins write a carrier's short name in small letters: "usps"."""
LINKS = ("custom_tracking_link", "formatted_tracking_link", "ast_tracking_link", "tracking_link")


def parcels_of(told: Mapping[str, Any]) -> tuple[Parcel, ...]:
    """The parcels that left; what is in which is known only where there is one. An order that is done without any left at the day it
    was done."""
    items = next((one["value"] for one in told.get("meta_data", ()) if one.get("key") == FIELD), None)
    found = [one for one in items if isinstance(one, Mapping)] if isinstance(items, Sequence) and not isinstance(items, str) else []
    lines = tuple(str(one["id"]) for one in told["line_items"])
    whole = told["status"] in ("completed", "shipped", "delivered")
    if not found:
        done = told.get("date_completed_gmt")
        return (Parcel(lines, shipped_at=datetime.fromisoformat(done).replace(tzinfo=timezone.utc)),) if done and told["status"] == "completed" else ()
    return tuple(_parcel(one, lines if whole and len(found) == 1 else ()) for one in found)


def _parcel(told: Mapping[str, Any], lines: tuple[str, ...]) -> Parcel:
    carrier = str(told.get("custom_tracking_provider") or told.get("formatted_tracking_provider") or told.get("tracking_provider") or "")
    url = next((link for name in LINKS if (link := str(told.get(name) or "")).startswith(("https://", "http://"))), "")
    name = carrier.upper() if carrier.isalpha() and len(carrier) <= LONGEST_SHORT else carrier
    return Parcel(lines, name, str(told.get("tracking_number") or ""), url, _day(told.get("date_shipped")))


def _day(told: Any) -> datetime | None:
    """The plugins write seconds since 1970, as a number or in a text."""
    return datetime.fromtimestamp(int(told), tz=timezone.utc) if str(told or "").isdigit() else None
