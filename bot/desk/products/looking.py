"""What is shown of one product: what the shop's file says, and what the assistant makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from bot.answers.products.cards import amount_of
from bot.answers.products.item import Items
from bot.answers.wording import Wording
from bot.labels.parsing import MOST_NAMES, Entry, parse
from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts, harsh_for_sensitive
from bot.rules.knowledge import Knowledge
from bot.rules.labelling import LabelReader, Place
from bot.rules.names import is_nameable, name, several
from bot.store.browsing import Line, counts, found
from bot.store.database import Database
from bot.store.importers import stored
from bot.store.importers.base import ProductRecord, VariantRecord
from bot.store.importers.kinds import OTHER
from bot.store.importers.known_names import KnownNames
from bot.store.importers.label import doubt_of
from bot.store.mends.overlay import bare
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

ACTIVE = "on sale"
OTHER_WORDS = "None of the assistant’s kinds"
PEOPLE: Mapping[str, Profile] = {"Somebody pregnant": Profile(pregnant=True), "A child": Profile(age=8), "Under 18": Profile(age=15)}
"""For whom is looked for what speaks against a product, in words."""


@dataclass(frozen=True)
class ReadName:
    """A name on a label: as printed, and what the assistant knows of it; nothing where it knows none."""

    printed: str
    known_as: str = ""
    allergen: bool = False


@dataclass(frozen=True)
class ReadLabel:
    """A label that was pasted or is kept: its names, and why it is taken for no list, empty where it is one. `cut`: it may go on behind its last name."""

    names: Sequence[ReadName]
    doubt: str = ""
    cut: bool = False

    @property
    def known(self) -> int:
        """How many of the names the assistant knows."""
        return sum(bool(one.known_as) for one in self.names)


@dataclass(frozen=True)
class Size:
    """A size with its price and stock in words."""

    name: str
    sku: str
    price: str
    before: str
    stock: str


@dataclass(frozen=True)
class Shown:
    """A product. `told` is what the shop's own words gave, `made` the same with what its owner mended; `cautions` say for whom and what."""

    made: ProductRecord
    told: ProductRecord
    view: ProductView
    kind: str
    told_kind: str
    label: ReadLabel
    told_label: Sequence[str]
    concerns: Sequence[str]
    skin_types: Sequence[str]
    cautions: Sequence[tuple[str, str]]
    sizes: Sequence[Size]
    picture: str


class Looking:
    """Looks products up. Calls block; each raises StoreError when the database gives no answer."""

    def __init__(self, database: Database, knowledge: Callable[[], Knowledge], known: Callable[[], KnownNames], wording: Callable[[], Wording]) -> None:
        self._database = database
        self._knowledge, self._known, self._wording = knowledge, known, wording

    def listed(self, words: str, gap: str, limit: int, skip: int) -> tuple[list[Line], dict[str, int]]:
        """A page of products, and how many there are of each gap."""
        with self._database.session() as session:
            return found(session, words, gap, limit, skip), counts(session, words)

    def record(self, handle: str) -> Optional[ProductRecord]:
        """A product on sale as the catalogue holds it."""
        with self._database.session() as session:
            one = stored.by_handles(session, [handle]).get(handle)
        return one.record if one is not None and one.record.active else None

    def shown(self, handle: str, picture: Callable[[str], str]) -> Optional[Shown]:
        """A product on sale with everything the assistant makes of it; None where there is none of this handle."""
        record = self.record(handle)
        with self._database.session() as session:
            view = ProductRepository(session).by_handle(handle)
        if record is None or view is None:
            return None
        told = bare(record)
        return Shown(
            record, told, view, self.kind_words(record.kind), self.kind_words(told.kind), self._read(record.ingredients or ()), tuple(told.ingredients or ()),
            [self._name(one) for one in view.concerns], [self._name(one) for one in view.skin_types], list(self._cautions(view)),
            [_size(one) for one in record.variants], picture(view.image.src) if view.image else "",
        )  # fmt: skip

    def read(self, pasted: str) -> ReadLabel:
        """What the label reader makes of a pasted list."""
        label = parse(pasted)
        names = [entry.printed for entry in label.declared]
        return self._read(names, doubt_of(names, self._known()), len(label.entries) >= MOST_NAMES)

    def kinds(self) -> list[tuple[str, str]]:
        """Kinds that a product can be mended to, with their words."""
        known = sorted(((one, self.kind_words(one)) for one in self._knowledge().product_types), key=lambda kind: kind[1].casefold())
        return [*known, (OTHER, OTHER_WORDS)]

    def kind_words(self, kind: str) -> str:
        """A kind in words; empty where none is known."""
        entry = self._knowledge().product_types.get(kind)
        return entry.name if entry is not None else OTHER_WORDS if kind == OTHER else kind

    def _read(self, names: Sequence[str], doubt: str = "", cut: bool = False) -> ReadLabel:
        reader = self._known().reader
        return ReadLabel([self._name_of(reader, number, one) for number, one in enumerate(names, start=1)], doubt, cut)

    def _name_of(self, reader: LabelReader, number: int, printed: str) -> ReadName:
        entry = next(iter(parse(printed).declared), None) or Entry(printed, printed, 0)
        place = reader.place(number, entry)
        return ReadName(printed, self._known_as(place), bool(place.allergen))

    def _known_as(self, place: Place) -> str:
        data = self._knowledge()
        if place.ingredient:
            return data.ingredients[place.ingredient].name
        if place.label_name:
            return data.label_names[place.label_name].role.replace("_", " ")
        return data.allergens[place.allergen].name if place.allergen else ""

    def _cautions(self, view: ProductView) -> Iterator[tuple[str, str]]:
        data, wording = self._knowledge(), self._wording()
        item = Items(data, self._known().reader).item(view)
        for whom, person in PEOPLE.items():
            said = [wording.line(one.line) for one in conflicts(data, item, person)]
            if said:
                yield whom, " ".join(dict.fromkeys(said))
        harsh = harsh_for_sensitive(data, item)
        if harsh:
            yield "Sensitive skin", f"It lists what sensitive skin does better without: {several(data, harsh)}."

    def _name(self, subject: str) -> str:
        data = self._knowledge()
        return name(data, subject) if is_nameable(data, subject) else subject.replace("_", " ")


def _size(one: VariantRecord) -> Size:
    before = amount_of(one.compare_at_price, one.currency) if one.compare_at_price and one.compare_at_price > one.price else ""
    stock = "not counted" if one.stock is None else str(one.stock)
    if one.stock == 0:
        stock = "0, sells on" if one.sells_when_empty else "sold out"
    return Size(one.size, one.sku or "", amount_of(one.price, one.currency), before, stock)
