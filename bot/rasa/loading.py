"""Loads a model, and says why where it cannot be loaded.

Rasa logs the reason as a page of text and goes on without a model; a server that answers nothing but "no model is loaded"
is worth less than one that does not start.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Optional

from bot.rasa.reasons import reason

RASAS_WORDS = "Could not load model"


class ModelError(Exception):
    """A model cannot be loaded; the message is one line that says which, why, and what to do."""


async def load_model(model: Path, endpoints: Any, loop: Any = None) -> Any:
    """The agent with its model.

    Raises:
        ModelError: when it cannot be loaded.
    """
    from rasa.core.agent import load_agent

    heard = _Reason()
    logger = logging.getLogger("rasa.core.agent")
    logger.addFilter(heard)
    try:
        agent = await load_agent(model_path=str(model), endpoints=endpoints, loop=loop)
    finally:
        logger.removeFilter(heard)
    if heard.error is not None or not agent.is_ready():
        why = reason(heard.error) if heard.error else "it is no model of Rasa"
        raise ModelError(
            f"The model {model.name} cannot be loaded: {why.rstrip('.')}. `glasskin train` makes a new one."
        ) from heard.error
    return agent


class _Reason(logging.Filter):
    """Keeps the error with which Rasa gave up, and its report out of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.error: Optional[BaseException] = None

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and RASAS_WORDS in record.getMessage():
            self.error = record.exc_info[1]
            return False
        return True
