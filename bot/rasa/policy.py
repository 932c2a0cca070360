"""`TurnRulePolicy`: Rasa's RulePolicy, quick where every rule is "this intent, that action".

Rasa's replays the whole conversation for each action that it predicts, and holds every rule against it. Where rules have
one intent and one action and ask for no slot or form, the last turn alone decides. Training, the checks for rules that
contradict each other, and every other case are RulePolicy's own.

In config.yml:

    policies:
      - name: bot.rasa.policy.TurnRulePolicy
        enable_fallback_prediction: false   # and whatever else RulePolicy takes
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS, RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    FollowupAction,
    Restarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

# What makes more of a conversation than its last turn count.
UNUSUAL = (ActionReverted, ActiveLoop, FollowupAction, Restarted, UserUtteranceReverted)


class Turn(NamedTuple):
    """A rule of one turn: its action, and the keys of the two learned rules, that after the message the action comes, and
    that after the action comes listening."""

    action: str
    answering: str
    listening: str


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class TurnRulePolicy(RulePolicy):
    """Predicts as RulePolicy does."""

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: Optional[Dict[str, Any]] = None, **kwargs: Any
    ) -> Any:
        """Predicts the next action (see parent class)."""
        found = self._next(tracker)
        if found is None:
            return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        action, source = found
        return self._rule_prediction(self._prediction_result(action, tracker, domain), source)

    @cached_property
    def _turns(self) -> Optional[Dict[str, Turn]]:
        """The rules by intent; None if one of them is no rule of one turn."""
        return turns(self.lookup[RULES])

    def _next(self, tracker: DialogueStateTracker) -> Optional[Tuple[str, str]]:
        """The action and the rule that it comes from, where the last turn decides; None where it may not, or nothing fits."""
        done = actions_of_last_turn(tracker)
        if self._turns is None or done is None or tracker.latest_message is None or tracker.active_loop_name:
            return None
        intent = tracker.latest_message.intent.get("name")
        turn = self._turns.get(intent or "")
        if turn is None or intent in DEFAULT_ACTION_MAPPINGS:
            return None
        return {(): (turn.action, turn.answering), (turn.action,): (ACTION_LISTEN_NAME, turn.listening)}.get(tuple(done))


def turns(rules: Dict[str, str]) -> Optional[Dict[str, Turn]]:
    """Reads learned rules as rules of one turn, by intent.

    Args:
        rules: RulePolicy's lookup: by a JSON list of states, the action that follows.

    Returns:
        None if one of them asks for anything but one intent and one action.
    """
    answering: Dict[str, Tuple[str, str]] = {}
    listening: Dict[Tuple[str, str], str] = {}
    for key, action in rules.items():
        states = json.loads(key)
        intent = str(states[0].get("user", {}).get("intent"))
        begin = _state(ACTION_LISTEN_NAME, intent)
        if states == [begin]:
            answering[intent] = action, key
        elif len(states) == 2 and action == ACTION_LISTEN_NAME:
            done = str(states[1].get("prev_action", {}).get("action_name"))
            if states != [begin, _state(done, intent)]:
                return None
            listening[intent, done] = key
        else:
            return None
    if {(intent, action) for intent, (action, _) in answering.items()} != listening.keys():
        return None
    return {intent: Turn(action, key, listening[intent, action]) for intent, (action, key) in answering.items()}


def _state(action: str, intent: str) -> Dict[str, Dict[str, str]]:
    return {"prev_action": {"action_name": action}, "user": {"intent": intent}}


def actions_of_last_turn(tracker: DialogueStateTracker) -> Optional[List[str]]:
    """The actions since the person's last message, if that came where the assistant listened and nothing unusual has
    happened since; else None."""
    actions: List[str] = []
    heard = False
    event: Event
    for event in reversed(tracker.events):
        if isinstance(event, UNUSUAL):
            return None
        if isinstance(event, UserUttered):
            if heard:
                return None
            heard = True
        elif isinstance(event, ActionExecuted):
            if heard:
                return actions[::-1] if event.action_name == ACTION_LISTEN_NAME else None
            if event.action_name is None:
                return None
            actions.append(event.action_name)
    return None
