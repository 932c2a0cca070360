"""Starts the assistant: one process with its actions, channels, shop and conversations."""

from __future__ import annotations

import logging
from functools import partialmethod
from pathlib import Path
from socket import socket
from typing import Any, Callable, Optional

from bot import message_log
from bot.paths import ROOT
from bot.rasa.housekeeping import Housekeeping
from bot.rasa.lean import prepare_rasa
from bot.rasa.loading import ModelError, load_model
from bot.rasa.stopping import Stopping
from bot.settings import Settings, worker_number


def serve(model: Path, chosen: Settings, announce: Callable[[], None], listening: Optional[socket] = None) -> None:
    """Serves until stopped, and calls `announce` as soon as it does. Actions run in this process unless the settings name
    a separate action server. It opens the settings' port, or uses the socket `listening`, which it may share with others.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    prepare_rasa()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from bot.rasa import processor, slow_requests
    from bot.rasa.warming import warm

    processor.use()
    slow_requests.use()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = action_endpoint(chosen)
    house = Housekeeping(chosen if worker_number() in ("", "1") else chosen.copy(update={"keep_days": 0}))

    async def load(_path: str, given: Any, _storage: Any, app: Any, loop: Any) -> None:
        app.ctx.agent = await load_model(model, given, loop)
        if not chosen.action_endpoint:
            await warm(app.ctx.agent)

    async def started(*_: Any) -> None:
        announce()

    rasa.core.run.load_agent_on_start = load  # type: ignore[assignment]  # Rasa's own goes on without a model
    if chosen.log_messages:
        message_log.begin()
    logging.getLogger("sanic.error").addFilter(_told_elsewhere)
    if listening is not None:
        _listen_on(listening)
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=chosen.host,
        port=chosen.port,
        credentials=str(ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[
            (started, "after_server_start"),
            (house.start, "after_server_start"),
            (house.stop, "before_server_stop"),
            *Stopping().listeners,
        ],
    )


def _listen_on(listening: socket) -> None:
    """Has Sanic serve on an open socket, for which Rasa has no argument."""
    from sanic import Sanic

    run: Any = Sanic.run
    Sanic.run = partialmethod(run, sock=listening)  # type: ignore[assignment]


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
