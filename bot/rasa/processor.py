"""`QuickProcessor`: Rasa's processor of messages, without copies for a log that nobody keeps and steps that change nothing.

Rasa has no door for another processor, so `use` puts ours, and what it runs graphs with, where Rasa looks for its own.
"""

from __future__ import annotations

import logging
import time
from functools import cached_property, lru_cache
from typing import Any, Dict, FrozenSet, List, Optional, Tuple

import rasa.core.agent
import rasa.core.processor
from rasa.core.actions.action import Action
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import (
    ACTION_SESSION_START_NAME,
    ACTION_VALIDATE_SLOT_MAPPINGS,
    MAPPING_TYPE,
    SlotMappingType,
)
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import metrics
from bot.message_log import understood
from bot.nlu.before import BEFORE
from bot.rasa.runner import PlannedGraphRunner
from bot.understanding.talks import MOST_BEFORE


class QuickProcessor(MessageProcessor):
    """Treats a message as Rasa's does."""

    async def parse_message(self, message: UserMessage, *args: Any, **kwargs: Any) -> Dict[str, Any]:
        """Reads a message (see parent class), and tells the log of messages its kind, and how long that took. What was said before
        it counts for what a short message goes on with: a situation, a topic of the shop's."""
        began = time.perf_counter()
        tracker: Optional[DialogueStateTracker] = args[0] if args else kwargs.get("tracker")
        token = BEFORE.set(_written(tracker) if tracker is not None else ())
        try:
            parsed: Dict[str, Any] = await super().parse_message(message, *args, **kwargs)
        finally:
            BEFORE.reset(token)
        metrics.read(time.perf_counter() - began)
        intent = parsed.get("intent") or {}
        understood(str(intent.get("name") or ""), float(intent.get("confidence") or 0.0))
        return parsed

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fills slots from the message (see parent class), where the domain has any that messages fill."""
        if not self._extracts_slots:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    @cached_property
    def _extracts_slots(self) -> bool:
        """True unless only actions set slots."""
        mappings = [mapping for slot in self.domain.slots for mapping in slot.mappings]
        told = any(mapping[MAPPING_TYPE] != str(SlotMappingType.CUSTOM) or mapping.get("action") for mapping in mappings)
        return told or ACTION_VALIDATE_SLOT_MAPPINGS in self.domain.user_actions

    @cached_property
    def _known(self) -> FrozenSet[str]:
        return frozenset((*self.domain.intents, *self.domain.entities))

    def _check_for_unseen_features(self, parse_data: Dict[str, Any]) -> None:
        """Leaves what is in the domain; Rasa's check makes an empty domain each time, to see whether ours is one."""
        names = {parse_data["intent"]["name"], *(entity["entity"] for entity in parse_data["entities"] or ())}
        if not names <= self._known:
            super()._check_for_unseen_features(parse_data)

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Writes all slots out where a debug log is kept."""
        if logging.getLogger(MessageProcessor.__module__).isEnabledFor(logging.DEBUG):
            MessageProcessor._log_slots(tracker)

    def _log_action_on_tracker(
        self, tracker: DialogueStateTracker, action: Action, events: Optional[List[Event]], prediction: PolicyPrediction
    ) -> None:
        """Puts on the tracker what an action did, as Rasa's does after two deep copies for the debug log."""
        happened = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in happened):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(happened, self.domain)


def _written(tracker: DialogueStateTracker) -> Tuple[str, ...]:
    """What the person wrote last in this session, the latest last; no buttons' payloads."""
    found: List[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME:
            break
        if isinstance(event, UserUttered) and event.text and not event.text.startswith("/"):
            found.insert(0, event.text)
        if len(found) == MOST_BEFORE:
            break
    return tuple(found)


def use() -> None:
    """Lets Rasa treat messages by `QuickProcessor`, run graphs by `PlannedGraphRunner`, and find the class of an event
    without going through all of them; for agents that are loaded from now on."""
    rasa.core.processor.DaskGraphRunner = PlannedGraphRunner  # type: ignore[misc]
    rasa.core.agent.MessageProcessor = QuickProcessor  # type: ignore[misc]
    if not hasattr(Event.resolve_by_type, "cache_clear"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))  # type: ignore[method-assign]
