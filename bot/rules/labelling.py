"""Which names on a label the knowledge has something on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.labels.inci import normalise_inci
from bot.labels.parsing import Entry, Label
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Ingredient
from bot.rules.schema_labels import LabelClue, LabelName

WATER = "AQUA"
FRAGRANCE = "fragrance"
_PLANT_PART = re.compile(r"\b(?:LEAF|FLOWER|ROOT|SEED|FRUIT|STEM|KERNEL|BARK|BRAN|WHOLE PLANT|CALLUS CULTURE)\b[ /]?")
_PLANT_PRODUCT = re.compile(r"\b(?:LEAF |FLOWER )?(?:WATER|JUICE|POWDER|EXTRACT)$")


@dataclass(frozen=True)
class Place:
    """A name on a label: its entry, its place counted from 1, and what the knowledge calls it."""

    entry: Entry
    number: int
    ingredient: str | None = None
    allergen: str | None = None
    label_name: str | None = None

    @property
    def known(self) -> bool:
        """True when the knowledge has something on it."""
        return bool(self.ingredient or self.allergen or self.label_name)


@dataclass(frozen=True)
class Reading:
    """A label as read. `line` is the number of the place from which on everything is likely at 1 % or less, `clue` the
    id of what it is likely to belong to; both None where the label does not tell."""

    places: tuple[Place, ...]
    line: int | None
    clue: str | None

    @property
    def ingredients(self) -> tuple[Place, ...]:
        """Places of known ingredients."""
        return tuple(place for place in self.places if place.ingredient)

    def below_line(self, place: Place) -> bool:
        """True where the place stands at or below the 1 % line, if there is one."""
        return self.line is not None and place.number >= self.line and place.entry.section != "active"


class LabelReader:
    """Reads labels with one knowledge's names; made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._ingredients: dict[str, str] = {}
        for ingredient_id, ingredient in knowledge.ingredients.items():
            for text in (ingredient.inci, ingredient.name, *ingredient.ko, *ingredient.aliases):
                self._ingredients.setdefault(normalise_inci(text), ingredient_id)
        for ingredient_id, ingredient in knowledge.ingredients.items():
            self._ingredients[normalise_inci(ingredient.inci)] = ingredient_id
        self._plants = {_plant(normalise_inci(one.inci)): key for key, one in knowledge.ingredients.items() if _plant(one.inci)}
        self._allergens = {normalise_inci(text): key for key, one in knowledge.allergens.items() for text in one.inci}
        by_inci = dict(self._allergens)
        for name, ingredient_id in self._ingredients.items():
            allergen = by_inci.get(normalise_inci(knowledge.ingredients[ingredient_id].inci))
            if allergen:
                self._allergens.setdefault(name, allergen)
        self._names = {
            normalise_inci(text): key
            for key, one in knowledge.label_names.items()
            for text in (one.inci, *one.also, *one.ko)
        }

    @property
    def known(self) -> frozenset[str]:
        """Every name that the knowledge has something on, as `normalise_inci` spells it."""
        return frozenset((*self._ingredients, *self._allergens, *self._names))

    @property
    def formal(self) -> frozenset[str]:
        """Names that stand on labels but are hardly said: carriers, thickeners, preservatives, plants in Latin."""
        said = {
            normalise_inci(text)
            for one in self._knowledge.ingredients.values()
            if not one.plain
            for text in (one.name, *one.aliases)
            if text.count(" ") < 2
        }
        return frozenset((*self._names, *(set(self._ingredients) - said)))

    def ingredient(self, name: str) -> str | None:
        """The ingredient that a name on a label stands for, in whatever language or spelling; None for an unknown one."""
        normal = normalise_inci(name)
        return self._ingredients.get(normal) or self._plants.get(_plant(normal))

    def names_of(self, subject_id: str, kept_out: bool = False) -> tuple[str, ...]:
        """Every name under which an ingredient, or a member of a family, may stand on a label.

        Args:
            kept_out: the names are looked for to keep them out; who wants no fragrance wants none of its components.
        """
        family = self._knowledge.families.get(subject_id)
        members = {subject_id, *(family.members if family else ())}
        names = [name for name, one in self._ingredients.items() if one in members]
        if kept_out and subject_id == FRAGRANCE:
            plain = {normalise_inci(one.inci) for one in self._knowledge.label_names.values() if one.role != "perfume"}
            names.extend(name for name in self._allergens if name not in plain)
        return tuple(dict.fromkeys(names))

    def place(self, number: int, entry: Entry) -> Place:
        """What the knowledge has on one name; an unknown name stays unknown."""
        name = normalise_inci(entry.name)
        return Place(
            entry,
            number,
            self.ingredient(name),
            self._allergens.get(name),
            self._names.get(name),
        )

    def read(self, label: Label) -> Reading:
        """Reads a label: known names, the 1 % line, and what it is likely to belong to."""
        places = tuple(self.place(number, entry) for number, entry in enumerate(label.declared, start=1))
        line = self._line(places)
        return Reading(places, line, self._clue(places, line))

    def _line(self, places: tuple[Place, ...]) -> int | None:
        """The first name that is normally used at 1 % or less. A drug label's order tells nothing."""
        if any(place.entry.section == "active" for place in places):
            return None
        return next((place.number for place in places if self._is_low(place)), None)

    def _is_low(self, place: Place) -> bool:
        ingredient = self._knowledge.ingredients.get(place.ingredient or "")
        name = self._knowledge.label_names.get(place.label_name or "")
        return bool((ingredient and ingredient.low) or (name and name.low))

    def _clue(self, places: tuple[Place, ...], line: int | None) -> str | None:
        if len(places) < 2:
            return None
        water = [place.number for place in places if self._is_water(place)]
        for clue_id, clue in self._knowledge.label_clues.items():
            if clue.water is True and not (water and water[0] <= 3):
                continue
            if clue.water is False and water:
                continue
            if any(self._shows(clue, place, line) for place in places):
                return clue_id
        return None

    def _is_water(self, place: Place) -> bool:
        name = self._knowledge.label_names.get(place.label_name or "")
        return normalise_inci(place.entry.name) == WATER or bool(name and name.role == "water")

    def _shows(self, clue: LabelClue, place: Place, line: int | None) -> bool:
        if clue.within and place.number > clue.within and place.entry.section != "active":
            return False
        if clue.above_line and line is not None and place.number >= line:
            return False
        ingredient: Ingredient | None = self._knowledge.ingredients.get(place.ingredient or "")
        name: LabelName | None = self._knowledge.label_names.get(place.label_name or "")
        return bool((ingredient and ingredient.family in clue.any_of) or (name and name.role in clue.any_of))


def _plant(name: str) -> str:
    """A plant extract's name without the part of the plant: "CAMELLIA SINENSIS LEAF EXTRACT" and "... EXTRACT" are
    one. Empty for anything else."""
    if not name.endswith("EXTRACT") and not _PLANT_PRODUCT.search(name):
        return ""
    bare = _PLANT_PART.sub("", name)
    words = bare.split()
    return " ".join(words[:2]) if len(words) >= 3 else ""
