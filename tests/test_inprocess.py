"""Actions run inside the server as they would on an action server."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List

import pytest
import yaml
from jsonschema import ValidationError
from rasa.core.actions.action import ActionExecutionRejection as Rejected
from rasa.core.actions.action import RemoteAction
from rasa.core.channels import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.paths import ROOT
from bot.rasa.inprocess import InProcessActions, trust_own_answers, validate_answers_quickly
from bot.understanding.memory import Asked, Memory
from tests.understanding.reading import frame

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
MESSAGE = UserUttered(
    "how often may I use an ampoule", {"name": "ask_frequency", "confidence": 1.0},
    parse_data={"frames": [frame("how often may i use an ampoule", "frequency").as_data()]},
)


class RejectsItself(Action):
    """An action that never wants to run."""

    def name(self) -> str:
        return "action_rejects_itself"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        raise ActionExecutionRejection(self.name(), "not now")


@pytest.fixture(scope="module")
def endpoint() -> InProcessActions:
    return InProcessActions()


def tracker() -> DialogueStateTracker:
    """A conversation with one message."""
    return DialogueStateTracker.from_events("somebody", [MESSAGE], slots=Domain.from_dict(DOMAIN).slots)


def call(action: str) -> dict[str, Any]:
    """What Rasa sends to run an action."""
    state = tracker().current_state()
    return {"next_action": action, "sender_id": "somebody", "tracker": state, "domain": DOMAIN, "version": "3.6"}


def run(endpoint: InProcessActions, action: str) -> list[Any]:
    """Events of an action that Rasa itself runs."""
    domain = Domain.from_dict(DOMAIN)
    nlg: NaturalLanguageGenerator = TemplatedNaturalLanguageGenerator(domain.responses)
    remote = RemoteAction(action, endpoint)
    return list(asyncio.run(remote.run(OutputChannel(), nlg, tracker(), domain)))


@pytest.mark.parametrize("action", ["action_answer", "action_shop", "action_chat", "action_finder"])
def test_an_action_gives_what_the_action_server_would_send(endpoint: InProcessActions, action: str) -> None:
    server = ActionExecutor()
    server.register_package("actions")
    expected = asyncio.run(server.run(call(action)))
    assert asyncio.run(endpoint.request(json=call(action), method="post", timeout=1)) == expected
    assert expected and expected["responses"]


def test_the_answer_reaches_rasa_as_events(endpoint: InProcessActions) -> None:
    events = run(endpoint, "action_answer")
    (said,) = [event for event in events if isinstance(event, BotUttered)]
    assert said.text and "ampoule" in said.text.lower()
    (kept,) = [event for event in events if isinstance(event, SlotSet)]
    assert kept.key == "memory"
    assert Memory.read(kept.value).asked == Asked("frequency", ("ampoule",), recent=("ampoule",))


def test_rasa_understands_a_rejection_and_logs_no_error(
    endpoint: InProcessActions, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Rejected) as caught:
        run(endpoint, "action_rejects_itself")
    assert caught.value.action_name == "action_rejects_itself"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_an_action_that_does_not_exist_is_an_error(endpoint: InProcessActions) -> None:
    with pytest.raises(ActionNotFoundException, match="action_of_nobody"):
        asyncio.run(endpoint.request(json=call("action_of_nobody")))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    """An action whose answers are validated quickly, until the test is over."""
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    validate_answers_quickly()
    return RemoteAction("action_answer", None)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": "none", "responses": []},
        {"events": [{"name": "slot without an event"}], "responses": []},
        {"events": [], "responses": "text"},
        {"events": [], "responses": [1]},
        [],
        "text",
    ],
)
def test_a_malformed_answer_is_refused_as_rasa_does(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    action = RemoteAction("action_answer", None)
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    validate_answers_quickly()
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)


def test_a_real_answer_passes_the_quick_validation(endpoint: InProcessActions, quick: RemoteAction) -> None:
    answer = asyncio.run(endpoint.request(json=call("action_answer")))
    assert quick._validate_action_result(answer) is True
    assert any(isinstance(event, BotUttered) for event in run(endpoint, "action_answer"))


def test_unchecked_answers_are_the_same_events(endpoint: InProcessActions, quick: RemoteAction) -> None:
    checked = run(endpoint, "action_answer")
    trust_own_answers()
    assert [event.as_dict().get("text") for event in run(endpoint, "action_answer")] == [
        event.as_dict().get("text") for event in checked
    ]
