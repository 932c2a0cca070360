"""The form of `data/knowledge/safety.yml`: what is dangerous, who must be careful, and how a message shows it."""

from __future__ import annotations

from typing import Literal, Optional

from pydantic import Field

from bot.rules.schema import Id, Sources, Strict, Tagged, Text


class Sign(Strict):
    """Words that show a safety entry without a fixed wording: one of every group of `all` must stand within `reach`
    words of the first group's, none of `unless` may, and none of `not_before` right behind it."""

    all: list[list[Text]] = Field(..., min_items=1)
    unless: list[Text] = []
    not_before: list[Text] = []
    reach: int = Field(7, ge=1, le=12)


class SafetyEntry(Tagged):
    """A red flag, allergy, medicine, condition, group or procedure, and what to do.

    `phrases` are plain lower-case wordings that show it in a message; `triggers` of an allergy are the names of what somebody with
    it says they react to. `signs` show it without a fixed wording. `after` is what somebody who told of a red flag hears when they later want to use something.
    `say` is the answer. `about` is what must be left while it holds; `adding` is what must not be begun before a doctor
    is asked, though somebody who uses it already, perhaps by prescription, is never told to leave it. `fine` is what may
    be used all the same. `avoid` is what to keep away from, for whoever asks.
    """

    kind: Literal["red_flag", "allergy", "medicine", "condition", "group", "procedure", "sun"]
    name: Text
    urgency: Literal["emergency", "urgent", "soon", "ask_doctor", "limit", "avoid", "refuse", "advice"]
    phrases: list[Text] = []
    triggers: list[Text] = []
    signs: list[Sign] = []
    about: list[Id] = []
    adding: list[Id] = []
    fine: list[Id] = []
    say: Text
    more: list[Text] = []
    after: Optional[Text] = None
    avoid: Optional[Text] = None
    sources: Sources

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that the entry speaks of, whether it must be left or only not be begun."""
        return tuple(dict.fromkeys((*self.about, *self.adding)))
