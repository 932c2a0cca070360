"""What is missing or unknown in a catalogue, seen from the knowledge that answers rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.rules.knowledge import Knowledge, load
from bot.store.database import Database
from bot.store.importers.base import ProductRecord
from bot.store.importers.kinds import OTHER
from bot.store.importers.stored import all_records
from bot.store.text import type_slug


def check_catalogue(database: Database, knowledge: Path) -> tuple[int, dict[str, list[str]]]:
    """How many products are on sale, and for each kind of problem their handles.

    Raises:
        KnowledgeError: when the knowledge cannot be read.
        StoreError: when the database gives no answer.
    """
    known = load(knowledge)
    kinds = known_kinds(known)
    problems: defaultdict[str, list[str]] = defaultdict(list)
    count = 0
    with database.session() as session:
        for record in all_records(session):
            if record.active:
                count += 1
                for problem in _problems(record, known, kinds):
                    problems[problem].append(record.handle)
    return count, dict(sorted(problems.items()))


def known_kinds(known: Knowledge) -> frozenset[str]:
    """The slugs of every word for a kind of product that the knowledge has."""
    return frozenset(
        type_slug(word)
        for type_id, kind in known.product_types.items()
        for word in (type_id, kind.name, *kind.aliases, *kind.sold_as, *kind.ko)
    )


def _problems(record: ProductRecord, known: Knowledge, kinds: frozenset[str]) -> Iterator[str]:
    if record.label_doubt:
        yield f"with a doubtful ingredient list, {record.label_doubt}"
    elif not record.ingredients:
        yield "without ingredients"
    if not record.images:
        yield "without a picture"
    if not record.description:
        yield "without a description"
    if any(size.price == 0 for size in record.variants):
        yield "with a price of 0"
    if not record.kind and not record.product_type_text:
        yield "without a kind of product"
    elif record.kind == OTHER:
        yield f"of a kind the assistant does not know, {record.product_type_text or record.kind_reason!r}"
    elif not record.kind and type_slug(record.product_type_text or "") not in kinds:
        yield f"of a kind the assistant does not know, {record.product_type_text!r}"
    for concern in record.concerns or ():
        if concern not in known.concerns:
            yield f"for a concern the assistant does not know, {concern!r}"
    for skin_type in record.skin_types or ():
        if skin_type not in known.skin_types:
            yield f"for a skin type the assistant does not know, {skin_type!r}"
