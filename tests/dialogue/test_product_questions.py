"""Sixty questions about products over REST, each checked against the rows of the shop that the server answers from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import create_engine
from sqlalchemy.orm import Session

from bot.store.models import Brand, Product, Variant
from tests.conftest import Assistant

ASKED = {
    "niacinamide": "NIACINAMIDE", "retinol": "RETINOL", "glycerin": "GLYCERIN", "squalane": "SQUALANE",
    "panthenol": "PANTHENOL", "fragrance": "FRAGRANCE", "salicylic acid": "SALICYLIC ACID", "allantoin": "ALLANTOIN",
    "caffeine": "CAFFEINE", "adenosine": "ADENOSINE",
}
"""What is asked about, and how the labels call it."""
AVOIDED_IN_PREGNANCY = ("RETINOL", "RETINAL", "HYDROXYPINACOLONE RETINOATE", "RETINYL PALMITATE", "SALICYLIC ACID",
                        "BETAINE SALICYLATE", "BAKUCHIOL", "CAPRYLOYL SALICYLIC ACID")
LISTED = re.compile(r"^- \*\*(?P<title>.+?)\*\*", re.M)


@dataclass(frozen=True)
class Row:
    """A product as its rows stand in the database."""

    id: int
    handle: str
    title: str
    brand: str
    kind: str
    prices: tuple[int, ...]
    sizes: tuple[str, ...]
    in_stock: bool
    label: tuple[str, ...]
    flags: tuple[str, ...]


class Rows:
    """The shop's active products, read by queries of the test's own."""

    def __init__(self, session: Session) -> None:
        found = session.execute(
            select(
                Product.id, Product.handle, Product.title, Brand.name, Product.product_type, Product.label, Product.flags
            )
            .join(Brand, Brand.id == Product.brand_id)
            .where(Product.status == "active")
            .order_by(func.lower(Product.title))
        ).all()
        self.all = [self._row(session, *row) for row in found]
        self.by_title = {row.title: row for row in self.all}

    def _row(
        self, session: Session, key: int, handle: str, title: str, brand: str, kind: str, label: list[str], flags: list[str]
    ) -> Row:
        sizes = session.execute(
            select(Variant.size, Variant.price, Variant.stock, Variant.sells_when_empty)
            .where(Variant.product_id == key)
            .order_by(Variant.position)
        ).all()
        available = any(size.stock is None or size.stock > 0 or size.sells_when_empty for size in sizes)
        printed = tuple(name.upper() for name in label)
        prices, names = tuple(size.price for size in sizes), tuple(size.size for size in sizes)
        return Row(key, handle, title, brand, kind, prices, names, available, printed, tuple(flags))

    def every(self, wanted: list[Row], number: int) -> Row:
        """One of these rows, another for each number, spread over all of them."""
        return wanted[(number * 7) % len(wanted)]


@pytest.fixture(scope="module")
def rows(server: str, server_folder: Path) -> Iterator[Rows]:
    """The rows of the running server's own database."""
    engine = create_engine(f"sqlite:///{server_folder / 'var' / 'shop.sqlite'}", future=True)
    with Session(engine, future=True) as session:
        yield Rows(session)
    engine.dispose()


def money(cents: int) -> str:
    """An amount as it is written: 1800 is "18.00"."""
    return f"{cents / 100:.2f}"


def listed(reply: str, rows: Rows) -> list[Row]:
    """The products of a reply's list, each of which must be one of the shop's."""
    titles = [match["title"] for match in LISTED.finditer(reply)]
    assert titles and all(title in rows.by_title for title in titles), reply
    return [rows.by_title[title] for title in titles]


@pytest.mark.parametrize("number", range(12))
def test_price(number: int, rows: Rows, assistant: Assistant) -> None:
    row = rows.every(rows.all, number)
    wording = ("how much is the {}?", "price of {}", "what does the {} cost")[number % 3]
    reply = assistant.text(wording.format(row.title))
    assert row.title in reply
    assert set(re.findall(r"\d+\.\d\d", reply)) == {money(min(row.prices)), money(max(row.prices))}


@pytest.mark.parametrize("number", range(10))
def test_stock(number: int, rows: Rows, assistant: Assistant) -> None:
    sold_out = number % 2 == 1
    row = rows.every([one for one in rows.all if one.in_stock is not sold_out], number)
    wording = ("is the {} in stock?", "do you still have the {} available")[number % 4 // 2]
    reply = assistant.text(wording.format(row.title))
    assert row.title in reply
    assert ("out of stock" in reply) is sold_out


@pytest.mark.parametrize("number", range(6))
def test_sizes(number: int, rows: Rows, assistant: Assistant) -> None:
    row = rows.every([one for one in rows.all if all(one.sizes)], number)
    reply = assistant.text(f"what sizes does the {row.title} come in?")
    assert all(size in reply for size in row.sizes)
    assert set(re.findall(r"\d+\.\d\d", reply.replace(row.title, ""))) == {money(price) for price in row.prices}


@pytest.mark.parametrize(("number", "asked"), enumerate(ASKED))
def test_contains(number: int, asked: str, rows: Rows, assistant: Assistant) -> None:
    has = number % 2 == 0
    fitting = [one for one in rows.all if (ASKED[asked] in one.label) is has and asked.split()[0] not in one.title.lower()]
    row = rows.every(fitting, number)
    reply = assistant.text(f"does the {row.title} contain {asked}?")
    assert row.title in reply
    assert reply.startswith("Yes" if has else "No"), reply


@pytest.mark.parametrize("number", range(4))
def test_vegan(number: int, rows: Rows, assistant: Assistant) -> None:
    vegan = number % 2 == 0
    row = rows.every([one for one in rows.all if ("vegan" in one.flags) is vegan], number)
    reply = assistant.text(f"is the {row.title} vegan?")
    assert row.title in reply
    assert ("not marked vegan" in reply or reply.startswith("No")) is not vegan


@pytest.mark.parametrize("number", range(4))
def test_pregnancy(number: int, rows: Rows, assistant: Assistant) -> None:
    against = number % 2 == 0
    fitting = [one for one in rows.all if one.label and bool(set(one.label) & set(AVOIDED_IN_PREGNANCY)) is against]
    row = rows.every(fitting, number)
    reply = assistant.text(f"is the {row.title} safe in pregnancy?")
    assert row.title in reply
    if against:
        assert re.search(r"leave it for now|ask your doctor", reply), reply
    else:
        assert "nothing that is known to be avoided" in reply


@pytest.mark.parametrize("number", range(4))
def test_brand(number: int, rows: Rows, assistant: Assistant) -> None:
    brand = sorted({one.brand for one in rows.all})[number * 2]
    own = [one for one in rows.all if one.brand == brand]
    reply = assistant.text(f"what do you have from {brand}?")
    assert all(row.brand == brand for row in listed(reply, rows))
    assert f"{len(own)} in all" in reply


@pytest.mark.parametrize(
    ("question", "kinds", "low", "high"),
    [
        ("show me serums under 20", {"serum"}, 0, 2000),
        ("creams over 40 dollars", {"cream", "gel_cream", "lotion", "emulsion"}, 4000, 10**6),
        ("ampoules between 20 and 25 dollars", {"ampoule"}, 2000, 2500),
        ("do you have toners for less than twenty bucks", {"toner"}, 0, 2000),
    ],
)
def test_price_bounds(
    question: str, kinds: set[str], low: int, high: int, rows: Rows, assistant: Assistant
) -> None:
    found = listed(assistant.text(question), rows)
    assert all(row.kind in kinds and low <= min(row.prices) <= high for row in found)
    assert not any("pads" in size for row in found for size in row.sizes)


@pytest.mark.parametrize("number", range(3))
def test_cheaper(number: int, rows: Rows, assistant: Assistant) -> None:
    kind = ("serum", "ampoule", "cream")[number]
    dearest = max((one for one in rows.all if one.kind == kind and one.in_stock), key=lambda one: min(one.prices))
    reply = assistant.text(f"do you have something like the {dearest.title} but cheaper?")
    if "nothing in stock" in reply.lower() and not LISTED.search(reply):
        shared = [one for one in rows.all if one.kind == kind and one.in_stock and min(one.prices) < min(dearest.prices)]
        assert not [one for one in shared if set(one.label[:3]) == set(dearest.label[:3])]
        return
    for row in listed(reply, rows):
        assert row.in_stock and min(row.prices) < min(dearest.prices) and row.id != dearest.id


@pytest.mark.parametrize("number", range(3))
def test_compare(number: int, rows: Rows, assistant: Assistant) -> None:
    kind = ("serum", "ampoule", "toner")[number]
    one, other = [row for row in rows.all if row.kind == kind][number : number + 2]
    replies = assistant.say(f"compare the {one.title} and the {other.title}")
    table: dict[str, Any] = next(reply["custom"]["table"] for reply in replies if reply["custom"].get("table"))
    assert set(table["head"][1:]) == {one.title, other.title}
    cells = {line[0]: dict(zip(table["head"][1:], line[1:])) for line in table["rows"]}
    for row in (one, other):
        assert money(min(row.prices)) in cells["Price"][row.title]
        assert all(size in cells["Sizes"][row.title] for size in row.sizes)
        assert cells["Stock"][row.title] == ("In stock" if row.in_stock else "Out of stock")
