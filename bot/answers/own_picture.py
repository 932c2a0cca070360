"""A picture of the owner's beside an answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.answers.turn import Turn
from bot.home.folder import Home
from bot.support.own_pictures import ADDRESS, find

logger = logging.getLogger(__name__)


def own_picture(turn: Turn, name: str, alt: str) -> Mapping[str, Any]:
    """The picture as payload of a message, nothing where there is none that can be shown: a channel that fetches it would fail.

    Args:
        turn: the question.
        name: of the picture, empty for none.
        alt: what it is of, for who doesn't see it.
    """
    if not name:
        return {}
    if find(Home(turn.resources.chosen.home), name) is None:
        logger.error("pictures/%s is not shown beside an answer: `glasskin check` says why", name)
        return {}
    return {"image": {"src": f"{ADDRESS}{name}", "alt": alt, "beside": True}}
