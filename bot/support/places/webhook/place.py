"""A helpdesk behind a webhook as a place where staff answer; a `Handoff`."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from bot.support.handoff import Author, Ending, HandoffUnreachable, Line, Talk
from bot.support.places.kept import Kept
from bot.support.places.webhook.signing import HEADER, signed

NAME = "webhook"
TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Hook:
    """Where events go, the secret of both ways, and the names under which its staff may write."""

    url: str
    secret: str
    staff: Sequence[str]


class WebhookPlace:
    """Posts events. What is posted again has the same `id`; whatever is no 2xx is posted again later."""

    def __init__(self, hook: Hook, kept: Kept) -> None:
        self._hook, self._kept = hook, kept

    def names(self) -> Sequence[str]:
        """Who of the staff answers there."""
        return self._hook.staff

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """A person is asked for; raises HandoffUnreachable where that is not taken (as the others do)."""
        lines = [line_of(line) for line in thread if line.author is not Author.NOTE and not line.withheld]
        self._post("opened", talk, key, {"summary": _summary(talk), "lines": lines})

    def said(self, talk: Talk, line: Line) -> None:
        """The customer wrote."""
        self._post("said", talk, line.id, {"line": line_of(line)})

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """The talk is over, or the assistant's again."""
        self._post("closed", talk, key, {"ending": ending.value})

    def forget(self, conversation: str) -> bool:
        """What was posted lies where it was posted to."""
        return False

    def _post(self, event: str, talk: Talk, key: str, more: Mapping[str, Any]) -> None:
        token = self._kept.carried(talk.conversation).token
        state = {"conversation": token, "channel": talk.channel, "owner": talk.owner.value, "agent": talk.agent}
        body = json.dumps({"id": f"{event}.{token}.{key.rpartition('.')[2]}", "event": event, **state, **more}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", HEADER: signed(self._hook.secret, body, int(time.time()))}
        try:
            answer = requests.post(self._hook.url, data=body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
        except requests.RequestException as error:
            raise HandoffUnreachable(f"the webhook gives no answer: {type(error).__name__}") from error
        if not 200 <= answer.status_code < 300:
            raise HandoffUnreachable(f"the webhook answers with {answer.status_code}")


def line_of(line: Line) -> dict[str, str]:
    """A line as JSON."""
    return {"id": line.id, "author": line.author.value, "name": line.agent, "text": line.text, "at": line.at.isoformat()}


def _summary(talk: Talk) -> dict[str, Any]:
    summary = talk.summary
    return {
        "reason": talk.reason, "wish": summary.wish, "order_number": talk.order_number, "proved": summary.proved, "email": talk.email,
        "page": summary.page, "ticket": summary.ticket, "person": list(summary.person), "emergency": bool(summary.emergency),
    }
