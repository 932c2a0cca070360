"""Answers of a set-up in the text of `shop.yml`, with its comments and all else that stands there."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Optional

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.home.folder import SHOP, HomeError

ALWAYS = ("contact", "policies")
"""What a shop's file must have, be it empty."""
TOPICS = "topics"


def with_answers(text: Optional[str], answers: Mapping[str, Any]) -> str:
    """The text of `shop.yml` with answers by their places, such as "policies.return.say"; None takes away what stands at one, a policy and a
    topic as a whole. A topic's answer is a mapping of all that can be said of it.

    Raises:
        HomeError: the text cannot be used.
    """
    rt: Any = YAML()
    rt.width = 120
    try:
        content: Any = rt.load(text or "") or {}
        for key in ALWAYS:
            content.setdefault(key, {})
        for key, value in answers.items():
            _put(content, key, value)
    except (YAMLError, AttributeError, TypeError) as error:
        raise HomeError(f"{SHOP} of your own files cannot be used: {' '.join(str(error).split())[:200]}") from error
    target = io.StringIO()
    rt.dump(content, target)
    return target.getvalue()


def at(content: Any, key: str) -> Any:
    """What stands at a place; None for nothing."""
    for step in key.split("."):
        content = content.get(step) if isinstance(content, Mapping) else None
    return content


def _put(content: Any, key: str, value: Any) -> None:
    *way, last = key.split(".")
    if value is None:
        _take_away(content, way, last)
        return
    for step in way:
        content = content.setdefault(step, {})
    if isinstance(value, Mapping) and isinstance(content.get(last), Mapping):
        content[last].update({name: one for name, one in value.items() if one is not None and content[last].get(name) != one})  # comments stay
        for name in [name for name, one in value.items() if one is None]:
            content[last].pop(name, None)
        return
    content[last] = {name: one for name, one in value.items() if one is not None} if isinstance(value, Mapping) else value


def _take_away(content: Any, way: list[str], last: str) -> None:
    if way[:1] == ["policies"]:
        content["policies"].pop(way[1], None)
    elif at(content, ".".join([*way, last])) is not None:
        (at(content, ".".join(way)) if way else content).pop(last)
        if way == [TOPICS] and not content[TOPICS]:
            content.pop(TOPICS)
