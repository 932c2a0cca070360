"""Answers a question of nobody before the first person asks one, who would wait seconds for what is loaded on first use."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from bot.answers.door import Place, reply
from bot.answers.resources import resources
from bot.understanding.frame import frames_of
from bot.understanding.memory import Memory

QUESTION = "Can I use retinol with vitamin C?"
logger = logging.getLogger(__name__)


async def warm(agent: Any) -> None:
    """Reads and answers a question, keeping nothing. A fault is logged and hinders no start: whoever asks next meets it too.

    Args:
        agent: Rasa's agent with its model.
    """
    try:
        parsed = await agent.parse_message(QUESTION)
        await asyncio.to_thread(reply, frames_of(parsed), Memory(), Place("", "", time.time()), resources())
    except Exception:  # noqa: BLE001 - whatever it is, the server starts and says it to who asks
        logger.exception("a first question could not be answered")
