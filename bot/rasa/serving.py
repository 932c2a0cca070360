"""Starts the assistant: one process with its actions, channels, shop and conversations."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Callable

from bot.paths import ROOT
from bot.rasa.lean import prepare_rasa
from bot.rasa.loading import ModelError, load_model
from bot.settings import Settings


def serve(model: Path, chosen: Settings, announce: Callable[[], None]) -> None:
    """Serves until stopped, and calls `announce` as soon as it does. Actions run in this process unless the settings name
    a separate action server.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    prepare_rasa()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from bot.rasa import processor

    processor.use()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = action_endpoint(chosen)

    async def load(_path: str, given: Any, _storage: Any, app: Any, loop: Any) -> None:
        app.ctx.agent = await load_model(model, given, loop)

    async def started(*_: Any) -> None:
        announce()

    rasa.core.run.load_agent_on_start = load  # type: ignore[assignment]  # Rasa's own goes on without a model
    logging.getLogger("sanic.error").addFilter(_told_elsewhere)
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=chosen.host,
        port=chosen.port,
        credentials=str(ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[(started, "after_server_start")],
    )


def _told_elsewhere(record: logging.LogRecord) -> bool:
    """Keeps Sanic from printing where a model's loading failed, which the command that started it tells in a line."""
    return not (record.exc_info and isinstance(record.exc_info[1], ModelError))


def action_endpoint(chosen: Settings) -> object:
    """Where actions run: the settings' action server, else this process."""
    from rasa.utils.endpoints import EndpointConfig

    from bot.answers.resources import resources
    from bot.rasa.inprocess import InProcessActions, trust_own_answers, validate_answers_quickly

    if chosen.action_endpoint:
        validate_answers_quickly()
        return EndpointConfig(url=chosen.action_endpoint)
    trust_own_answers()
    actions = InProcessActions()
    resources().ready()  # now, as else the first visitor waits for it, and everybody with them
    return actions
