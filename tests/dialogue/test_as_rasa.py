"""Rasa's own parts and our quicker ones side by side: they predict, run and remember the same."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, List

import pytest
import rasa.core.agent
import rasa.core.processor
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    BotUttered,
    Event,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rich.console import Console

from bot.nlu import shop_talks, situations
from bot.paths import ROOT
from bot.rasa.inprocess import InProcessActions
from bot.rasa.policy import TurnRulePolicy, turns
from bot.rasa.processor import QuickProcessor, use
from bot.rasa.runner import PlannedGraphRunner
from bot.rasa.training import ensure_model
from bot.settings import settings

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nintents: [greet, buy, restart]\nactions: [action_buy]\nresponses:\n  utter_greet: [{text: hello}]\n"
    "slots:\n  size: {type: any, influence_conversation: false, mappings: [{type: custom}]}\n"
)
LISTEN = "action_listen"
ACTIONS = (LISTEN, "action_buy", "utter_greet", "action_session_start", "action_restart")
UNUSUAL = (ActionReverted(), UserUtteranceReverted(), Restarted(), FollowupAction("action_buy"))


def rule(intent: str, action: str) -> dict[str, str]:
    """What RulePolicy learns from a rule of one turn."""
    asked = {"prev_action": {"action_name": LISTEN}, "user": {"intent": intent}}
    done = {"prev_action": {"action_name": action}, "user": {"intent": intent}}
    return {json.dumps([asked]): action, json.dumps([asked, done]): LISTEN}


RULES = {**rule("greet", "utter_greet"), **rule("buy", "action_buy")}


def predicted(policy: Any, rules: dict[str, str], tracker: DialogueStateTracker) -> Any:
    """What a policy that has learned such rules says."""
    lookup = {
        "rules": rules, "rules_for_loop_unhappy_path": {}, "rule_only_slots": [], "rule_only_loops": [],
        "rules_not_in_stories": list(rules)[:2],
    }
    config = {**policy.get_default_config(), "enable_fallback_prediction": False}
    storage, context = LocalModelStorage(Path("unused")), ExecutionContext(GraphSchema({}))
    made = policy(config, storage, Resource("policy"), context, lookup=lookup)
    found = made.predict_action_probabilities(tracker, DOMAIN)
    return found.probabilities, found.events, found.hide_rule_turn, found.is_end_to_end_prediction, found.policy_priority


def heard(intent: str) -> UserUttered:
    return UserUttered("something", {"name": intent, "confidence": 1.0})


EVENTS = st.one_of(
    st.sampled_from(ACTIONS).map(ActionExecuted),
    st.sampled_from(("greet", "buy", "restart", "nobody_knows")).map(heard),
    st.just(BotUttered("said")),
    st.just(SlotSet("size", "small")),
    st.just(SessionStarted()),
    st.just(ActionExecutionRejected("action_buy")),
    st.sampled_from(UNUSUAL),
)
TURN = st.tuples(st.just(ActionExecuted(LISTEN)), st.sampled_from(("greet", "buy")).map(heard)).map(list)


@given(st.lists(EVENTS, max_size=6), TURN, st.lists(EVENTS, max_size=3))
def test_predictions_are_rasas(before: List[Event], turn: List[Event], after: List[Event]) -> None:
    tracker = DialogueStateTracker.from_events("somebody", [*before, *turn, *after], DOMAIN.slots)
    assert predicted(TurnRulePolicy, RULES, tracker) == predicted(RulePolicy, RULES, tracker)


@pytest.mark.parametrize("done", [[], [ActionExecuted("utter_greet")]])
def test_usual_turns_need_no_replay(done: List[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = DialogueStateTracker.from_events("somebody", [ActionExecuted(LISTEN), heard("greet"), *done], DOMAIN.slots)
    monkeypatch.setattr(RulePolicy, "predict_action_probabilities", None)
    probabilities = predicted(TurnRulePolicy, RULES, tracker)[0]
    assert DOMAIN.action_names_or_texts[probabilities.index(1.0)] == (LISTEN if done else "utter_greet")


SLOT = {"prev_action": {"action_name": LISTEN}, "user": {"intent": "buy"}, "slots": {"size": "small"}}
LONGER = [*json.loads(list(rule("buy", "action_buy"))[1]), {"prev_action": {"action_name": "utter_greet"}}]


@pytest.mark.parametrize("other", [{json.dumps([SLOT]): "action_buy"}, {json.dumps(LONGER): LISTEN}])
def test_rules_of_other_forms_are_left_to_rasa(other: dict[str, str]) -> None:
    assert turns(RULES) is not None
    assert turns({**RULES, **other}) is None


class Adding(GraphComponent):
    """Adds what it is given and one."""

    @classmethod
    def create(cls, *_: Any, **__: Any) -> Adding:
        return cls()

    def add(self, one: int, other: int = 0) -> int:
        return one + other + 1

    def fail(self, one: int) -> int:
        raise RuntimeError(str(one))


def adding(function: str = "add", **needs: str) -> SchemaNode:
    return SchemaNode(needs, Adding, "create", function, {}, eager=True)


SCHEMA = GraphSchema({
    "both": adding(one="left", other="right"), "right": adding(one="left"), "left": adding(one="given"),
    "failing": adding("fail", one="given"),
})


@pytest.mark.parametrize("runner", [DaskGraphRunner, PlannedGraphRunner])
def test_a_graph_runs_in_the_order_of_its_needs(runner: Any) -> None:
    made = runner.create(SCHEMA, LocalModelStorage(Path("unused")), ExecutionContext(SCHEMA))
    for given_number in (1, 10):  # nothing is kept from the run before
        assert made.run({"given": given_number}, ["both", "left"]) == {"both": 2 * given_number + 4, "left": given_number + 1}


@pytest.mark.parametrize("inputs", [{}, {"given": 1, "left": 2}])
def test_a_graph_with_wrong_inputs_says_so(inputs: dict[str, Any]) -> None:
    made = PlannedGraphRunner.create(SCHEMA, LocalModelStorage(Path("unused")), ExecutionContext(SCHEMA))
    with pytest.raises(GraphRunError, match="left" if inputs else "given"):
        made.run(inputs, ["both"])


def said(processor: Any, messages: list[str]) -> list[Any]:
    """What a conversation leaves: the answers, and the events without their times."""

    async def talk() -> list[Any]:
        answers = []
        for message in messages:
            channel = CollectingOutputChannel()
            await processor.handle_message(UserMessage(message, channel, "somebody", message_id=message))
            answers.append(channel.messages)
        tracker = await processor.get_tracker("somebody")
        events = [{**event.as_dict(), "timestamp": None} for event in tracker.events]
        return [answers, tracker.current_slot_values(), events]

    return asyncio.run(talk())


def test_a_conversation_leaves_what_it_leaves_with_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    model = ensure_model(settings().models, Console(stderr=True))
    domain = Domain.load(str(ROOT / "domain.yml"))
    generator, endpoint = TemplatedNaturalLanguageGenerator(domain.responses), InProcessActions()
    monkeypatch.setattr(situations, "_goes_on", lambda _: False)  # what was said before a message only ours knows while it is read
    monkeypatch.setattr(shop_talks, "MOST_WORDS", 0)
    left = []
    for kind, runner in ((MessageProcessor, DaskGraphRunner), (QuickProcessor, PlannedGraphRunner)):
        monkeypatch.setattr("rasa.core.processor.DaskGraphRunner", runner)
        processor = kind(str(model), InMemoryTrackerStore(domain), InMemoryLockStore(), generator, endpoint)
        left.append(said(processor, ["hello", "my skin is oily and I am pregnant", "xqzt wvvk", "what do you know about me?"]))
    assert left[0] == left[1]


def test_rasa_takes_ours_once_they_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa.core.agent, "MessageProcessor", MessageProcessor)
    monkeypatch.setattr(rasa.core.processor, "DaskGraphRunner", DaskGraphRunner)
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    use()
    assert rasa.core.agent.MessageProcessor is QuickProcessor
    assert rasa.core.processor.DaskGraphRunner is PlannedGraphRunner
    assert Event.resolve_by_type("slot") is SlotSet
    with pytest.raises(ValueError, match="nonsense"):
        Event.resolve_by_type("nonsense")
