"""The ingredient list on a customer's photo, to be looked over and corrected before it is judged: letters are misread."""

from __future__ import annotations

import logging

from bot.answers.answer import Words
from bot.answers.resources import Resources
from bot.answers.wording import Wording
from bot.labels.parsing import Label, parse
from bot.store.errors import StoreError

logger = logging.getLogger(__name__)
FEWEST_KNOWN, LEAST_SHARE = 3, 0.3
MOST_LETTERS = 4000


def list_on(resources: Resources, picture: str) -> str:
    """The ingredients on a picture, by its name, with commas between; empty where there is no list that can be read."""
    if resources.pictures is None or not resources.photo_reader.languages:
        return ""
    try:
        found = resources.pictures.store.find(picture)
    except StoreError as error:
        logger.error("a picture cannot be looked at: %s", error)
        return ""
    if found is None:
        return ""
    label = parse(resources.photo_reader.text(found.content))
    return ", ".join(label.names)[:MOST_LETTERS] if _is_list(resources, label) else ""


def _is_list(resources: Resources, label: Label) -> bool:
    """Whether enough of it is known that it can be nothing else."""
    places = resources.labels.read(label).places
    known = sum(place.known for place in places)
    return known >= FEWEST_KNOWN and known >= LEAST_SHARE * len(places)


def to_correct(wording: Wording, listed: str) -> Words:
    """Shows what was read: the widget puts it where it can be corrected, elsewhere a button sends it as it stands."""
    pasted = wording.say("label_pasted", ingredients=listed)
    button = {"title": wording.say("label_as_read"), "payload": pasted}
    return Words(wording.say("label_on_photo", ingredients=listed), buttons=[button], payload={"propose": pasted})
