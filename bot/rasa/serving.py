"""Starts the assistant: one process with its actions, channels, shop and conversations."""

from __future__ import annotations

from pathlib import Path

from bot.paths import ROOT
from bot.rasa.lean import prepare_rasa
from bot.settings import Settings


def serve(model: Path, chosen: Settings) -> None:
    """Serves until stopped. Actions run in this process unless the settings name a separate action server."""
    prepare_rasa()
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    from bot.rasa import processor

    processor.use()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = action_endpoint(chosen)
    serve_application(
        model_path=str(model),
        interface=chosen.host,
        port=chosen.port,
        credentials=str(ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
    )


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
