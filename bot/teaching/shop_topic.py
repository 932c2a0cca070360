"""The answer of a lesson as what the shop says on a topic, in the owner's `shop.yml`; comments there stay."""

from __future__ import annotations

import io
from typing import AbstractSet, Any, Optional

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.home.folder import SHOP, HomeError
from bot.teaching.lessons import Lesson

TOPICS, SAY, HAND_OVER = "topics", "say", "hand_over"


def with_topic(text: Optional[str], before: Optional[Lesson], after: Optional[Lesson], unsaid: AbstractSet[str]) -> Optional[str]:
    """The text of `shop.yml` with what a lesson says on its topic. What the owner wrote there themselves stays.

    Args:
        text: the file's, None where there is none.
        before: the lesson as it was; what it said on its topic goes, as far as it still stands there.
        after: the lesson as it is; its answer is written where the shop has no words on its topic, or those that the lesson had.
        unsaid: topics on which the shop has no words.

    Raises:
        HomeError: the file cannot be read.
    """
    if not (before and before.topic) and not (after and after.topic):
        return text
    yaml: Any = YAML()
    yaml.width = 120
    try:
        content: Any = yaml.load(text or "") or {}
        changed = _changed(content.setdefault(TOPICS, {}), before, after, unsaid)
    except (YAMLError, AttributeError, TypeError) as error:
        raise HomeError(f"{SHOP} of your own files cannot be read: {' '.join(str(error).split())[:200]}") from error
    if not changed:
        return text
    if not content[TOPICS]:
        content.pop(TOPICS)
    target = io.StringIO()
    yaml.dump(content, target)
    return target.getvalue() if content else None


def _changed(topics: Any, before: Optional[Lesson], after: Optional[Lesson], unsaid: AbstractSet[str]) -> bool:
    """Changes the topics of the file; whether anything is another than before."""
    old = before.topic if before and before.topic and (topics.get(before.topic) or {}).get(SAY) == before.say else ""
    new = after.topic if after and after.topic and not (topics.get(after.topic) or {}).get(SAY) and after.topic in unsaid else ""
    if after and old and after.topic == old:
        new = old
    if before and old:
        _let_go(topics, old, before.hand_over, stays=old == new)
    if after and new:
        if not topics.get(new):
            topics[new] = {}
        topics[new].update({SAY: after.say, **({HAND_OVER: True} if after.hand_over else {})})
    return bool(old or new)


def _let_go(topics: Any, name: str, hands_over: bool, stays: bool) -> None:
    """Takes a lesson's words off a topic, and the topic where nothing else stands there."""
    for key in [*([] if stays else [SAY]), *([HAND_OVER] if hands_over else [])]:
        topics[name].pop(key, None)
    if not topics[name]:
        topics.pop(name)
