"""Finds products by the tokens of their search documents: SQLite's FTS5 and PostgreSQL's full text, one interface.

FTS5 gives its hits by rising id and stops as soon as there are enough, however many there would be. PostgreSQL's
planner chooses by its own statistics, except where a search is known to find few: products of one brand or kind often
stand together, and walking all others first takes long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

Order = Literal["id", "price", "price_desc", "dearest", "name", "newest", "restocked"]

MOST_SORTED = 20_000
"""With up to so many hits, SQLite sorts them; with more it is quicker to look at the products in their order."""
FEW = 0.08
"""A search that finds at most this share of all products finds few."""
FEW_BY_PRICE = 0.15
"""The same where they are ordered by price, which kinds of product have to do with."""
_BY_SIZE: dict[Order, str] = {
    "price": "min(variant.price), {id}",
    "price_desc": "min(variant.price) DESC, {id} DESC",
    "dearest": "max(variant.price) DESC, {id} DESC",
}
_ORDERS: dict[Order, str] = {
    "id": "id",
    "price": "price_min, id",
    "price_desc": "price_min DESC, id DESC",
    "name": "folded_title, id",
    "newest": "created_at DESC, id DESC",
    "restocked": "restocked_at DESC, id DESC",
}


@dataclass(frozen=True)
class Wanted:
    """Products that hold at least one token of every group and none of `without`; the cheapest size's price lies
    within the bounds (minor units, None for no bound). `share` estimates the share of all products that meets the
    groups, from 0 to 1."""

    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    share: float = 1.0


def find(session: Session, wanted: Wanted, order: Order, limit: int) -> list[int]:
    """The ids of the first `limit` products in this order."""
    if order == "dearest" or (order in _BY_SIZE and not _is_postgresql(session) and not _many(session, wanted)):
        return _by_size(session, wanted, _BY_SIZE[order], limit)
    values: dict[str, Any] = {"limit": limit, "low": wanted.min_price, "high": wanted.max_price}
    bounds = _bounds(wanted)
    if order == "restocked":
        bounds += " AND product.restocked_at IS NOT NULL"
    if _is_postgresql(session):
        by = _ORDERS[order]
        if wanted.share <= (FEW if order == "id" else FEW_BY_PRICE):  # an order of no index: the hits are gathered first
            by = by.replace("id", "id + 0") if order == "id" else by.replace("price_min", "price_min + 0")
        statement = f"SELECT id FROM product WHERE search_vector @@ CAST(:match AS tsquery){bounds} ORDER BY {by}"
        values["match"] = _tsquery(wanted)
    elif order == "id":
        joined = " CROSS JOIN product ON product.id = product_search.rowid" if bounds else ""
        statement = (
            f"SELECT product_search.rowid FROM product_search{joined} WHERE product_search MATCH :match{bounds} "
            "ORDER BY product_search.rowid"
        )
        values["match"] = _fts5(wanted)
    elif _many(session, wanted):
        statement = f"SELECT id FROM product WHERE {_held(wanted, values)}{bounds} ORDER BY {_ORDERS[order]}"
    else:
        statement = (
            "SELECT product.id FROM product_search CROSS JOIN product ON product.id = product_search.rowid "
            f"WHERE product_search MATCH :match{bounds} ORDER BY {_ORDERS[order].replace('id', 'product.id')}"
        )
        values["match"] = _fts5(wanted)
    return list(session.execute(text(f"{statement} LIMIT :limit"), values).scalars())


def _is_postgresql(session: Session) -> bool:
    return bool(session.get_bind().dialect.name == "postgresql")


def _by_size(session: Session, wanted: Wanted, order: str, limit: int) -> list[int]:
    """The ids of the first `limit` products by the prices of their sizes, which stand in an index: reading the products
    themselves takes three times as long."""
    if _is_postgresql(session):
        found, number = "product", "product.id"
        match, condition = _tsquery(wanted), "search_vector @@ CAST(:match AS tsquery)"
    else:
        found, number = "product_search CROSS", "product_search.rowid"
        match, condition = _fts5(wanted), "product_search MATCH :match"
    bounds = [(">= :low", wanted.min_price), ("<= :high", wanted.max_price)]
    having = " AND ".join(f"min(variant.price) {bound}" for bound, price in bounds if price is not None)
    statement = (
        f"SELECT {number} FROM {found} JOIN variant ON variant.product_id = {number} WHERE {condition} GROUP BY {number}"
        f"{' HAVING ' if having else ''}{having} ORDER BY {order.format(id=number)} LIMIT :limit"
    )
    values = {"match": match, "limit": limit, "low": wanted.min_price, "high": wanted.max_price}
    return list(session.execute(text(statement), values).scalars())


def count(session: Session, wanted: Wanted) -> int:
    """How many products there are."""
    values = {"low": wanted.min_price, "high": wanted.max_price}
    bounds = _bounds(wanted)
    if _is_postgresql(session):
        statement = f"SELECT count(*) FROM product WHERE search_vector @@ CAST(:match AS tsquery){bounds}"
        match = _tsquery(wanted)
    else:
        joined = " CROSS JOIN product ON product.id = product_search.rowid" if bounds else ""
        statement = f"SELECT count(*) FROM product_search{joined} WHERE product_search MATCH :match{bounds}"
        match = _fts5(wanted)
    if not _is_postgresql(session):
        return int(session.execute(text(statement), {**values, "match": match}).scalar_one())
    # Reading every document to count takes ten times as long as asking the index, whatever the planner thinks.
    session.execute(text("SET LOCAL enable_seqscan = off"))
    found = int(session.execute(text(statement), {**values, "match": match}).scalar_one())
    session.execute(text("SET LOCAL enable_seqscan = on"))
    return found


def _many(session: Session, wanted: Wanted) -> bool:
    """Whether more than MOST_SORTED products hold the tokens, whatever their price."""
    probe = "SELECT count(*) FROM (SELECT rowid FROM product_search WHERE product_search MATCH :match LIMIT :most)"
    found = session.execute(text(probe), {"match": _fts5(wanted), "most": MOST_SORTED + 1}).scalar_one()
    return int(found) > MOST_SORTED


def _bounds(wanted: Wanted) -> str:
    low = "" if wanted.min_price is None else " AND product.price_min >= :low"
    return low if wanted.max_price is None else f"{low} AND product.price_min <= :high"


def _fts5(wanted: Wanted) -> str:
    held = " AND ".join(f"({' OR '.join(_quoted(group, DOUBLE))})" for group in wanted.groups)
    return f"({held}) NOT ({' OR '.join(_quoted(wanted.without, DOUBLE))})" if wanted.without else held


def _tsquery(wanted: Wanted) -> str:
    held = [f"({' | '.join(_quoted(group, SINGLE))})" for group in wanted.groups]
    return " & ".join([*held, *(f"!{token}" for token in _quoted(wanted.without, SINGLE))])


SINGLE, DOUBLE = "'", '"'


def _quoted(tokens: tuple[str, ...], mark: str) -> list[str]:
    """The tokens in quotation marks; they hold letters, digits, "_" and ":" only."""
    return [f"{mark}{token}{mark}" for token in tokens]


def _held(wanted: Wanted, values: dict[str, Any]) -> str:
    """The same condition on the document itself, for looking at products one after the other."""

    def holds(token: str) -> str:
        name = f"token_{len(values)}"
        values[name] = f" {token} "
        return f"instr(search_document, :{name}) > 0"

    parts = [f"({' OR '.join(map(holds, group))})" for group in wanted.groups]
    return " AND ".join([*parts, *(f"NOT {holds(token)}" for token in wanted.without)])
