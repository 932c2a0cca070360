"""The answer of a lesson as what the shop says on a topic, in the owner's `shop.yml`; comments there stay."""

from __future__ import annotations

import io
from typing import Any, Optional

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.home.folder import SHOP, HomeError
from bot.teaching.lessons import Lesson

TOPICS, SAY = "topics", "say"


def with_topic(text: Optional[str], lesson: Lesson, gone: bool = False) -> Optional[str]:
    """The text of `shop.yml` with what a lesson says on its topic.

    Args:
        text: the file's, None where there is none.
        lesson: with a topic.
        gone: take it away, as far as it still is what the lesson says.

    Raises:
        HomeError: the file cannot be read.
    """
    yaml: Any = YAML()
    yaml.width = 120
    try:
        content: Any = yaml.load(text or "") or {}
        topics = content.setdefault(TOPICS, {})
        known = topics.get(lesson.topic) or {}
        if gone:
            if known.get(SAY) == lesson.say:
                topics.pop(lesson.topic)
        else:
            topics[lesson.topic] = {**known, SAY: lesson.say, **({"hand_over": True} if lesson.hand_over else {})}
    except (YAMLError, AttributeError, TypeError) as error:
        raise HomeError(f"{SHOP} of your own files cannot be read: {' '.join(str(error).split())[:200]}") from error
    if not topics:
        content.pop(TOPICS)
    if not content and text is None:
        return None
    target = io.StringIO()
    yaml.dump(content, target)
    return target.getvalue() if content else None
