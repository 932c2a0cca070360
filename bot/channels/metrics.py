"""`/metrics`: figures for Prometheus, for programs on this machine, or for whoever has the key (`METRICS_KEY`)."""

from __future__ import annotations

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import metrics
from bot.channels.answering import OnNewMessage
from bot.channels.keys import Keys
from bot.settings import settings
from bot.store.events import writer_at


class Metrics(InputChannel):
    """`credentials.yml` names it as `bot.channels.metrics.Metrics`; it has no settings of its own."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "metrics"

    def url_prefix(self) -> str:
        """An absolute path, which takes the address out of `/webhooks/` when Rasa joins the two."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The route. `on_new_message` stays unused: no message arrives here."""
        blueprint = Blueprint("metrics")
        chosen = settings()
        writer = writer_at(chosen.tracker_database)
        keys = Keys(filter(None, [chosen.metrics_key]), "METRICS_KEY", "figures are")

        @blueprint.get("/metrics")
        async def figures(request: Request) -> HTTPResponse:
            headers = {name.lower(): value for name, value in request.headers.items()}
            refused = keys.refusal(request.ip, headers)
            if refused is not None:
                return response.text(refused.sentence, status=refused.status, headers=dict(refused.headers))
            metrics.waiting(writer.unsaved, writer.waits_s)
            body, kind = metrics.exposition(headers.get("accept", ""))
            return response.raw(body, content_type=kind, headers={"Cache-Control": "no-store"})

        return blueprint
