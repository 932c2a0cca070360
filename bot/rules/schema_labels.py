"""The form of what `data/knowledge` holds for reading labels: names, clues and allergens."""

from __future__ import annotations

from typing import Optional

from pydantic import Field

from bot.rules.schema import Id, Sources, Strict, Text


class LabelName(Strict):
    """A name that stands on labels and has no entry among the ingredients: what it is there for.

    `low` names are normally used at 1 % or less, so the first of them shows where the 1 % line lies. `caution` is what
    sensitive skin should know of it, to be said after the name.
    """

    inci: Text
    also: list[Text] = []
    ko: list[Text] = []
    role: Id
    low: bool = False
    caution: Optional[Text] = None
    sources: Sources


class LabelClue(Strict):
    """What a label is likely to belong to, and how to tell (see label_clues.yml)."""

    name: Text
    types: list[Id]
    any_of: list[Id] = Field(..., min_items=1)
    within: Optional[int] = Field(None, ge=1)
    above_line: bool = False
    water: Optional[bool] = None
    reason: Text
    sources: Sources


class Allergen(Strict):
    """A fragrance component that EU labels must name; `entry` is its number in Annex III, `inci` the names it goes by."""

    name: Text
    entry: int
    inci: list[Text] = Field(..., min_items=1)
    sources: Sources
