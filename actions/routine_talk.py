"""What the routine actions share, and how other actions come back to them."""

from __future__ import annotations

import asyncio
import logging
import re
from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any, Dict, List, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.registry import action_named
from actions.resources import database, knowledge
from actions.routine_steps import Told, told
from actions.wording import Wording, show
from bot.rules.advice import Advice, Line, Profile, Question
from bot.rules.safety import red_flag
from bot.rules.steps import Step
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository

logger = logging.getLogger(__name__)
ACTIONS = {
    "check_routine": "action_check_routine",
    "build_routine": "action_build_routine",
    "plan_week": "action_plan_week",
}
SUGGESTED = "suggested_routine"
ABOUT_SEVERAL = frozenset({
    "ask_together", "ask_order", "ask_can_use", "ask_avoid_mixing",
})
ABOUT_CHANGE = frozenset({"ask_replace"})
ABOUT_STEPS = frozenset({"ask_routine_steps"})
ABOUT_PERSON = frozenset({"tell_profile"})
USES = re.compile(
    r"(?<!can )(?<!could )(?<!should )(?<!may )(?<!do )(?<!did )(?<!would )(?<!if )"
    r"\b(i|i'?m|i am|i'?ve|we)( been| only| also| just| currently| already| still| now)* "
    r"(us(e|ing|ed)|apply(ing)?|layer(ing)?|put(ting)?( on)?|have|got)\b|\bmy (routine|skin ?care|products|steps|line-?up)\b",
    re.I,
)
MANY = 4
FEW = 2


class RoutineAction(Action, ABC):
    """Reads steps and products in a thread of its own; without the shop's database it goes on without products."""

    kind: str

    def name(self) -> str:
        return ACTIONS[self.kind]

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        flags = [one["value"] for one in conversation.entities(tracker, "safety") if one.get("role") != "negated"]
        flag = red_flag(knowledge(), flags)
        if flag:
            show(dispatcher, wording, flag)
            return []
        return await asyncio.to_thread(self._with_products, dispatcher, tracker, wording)

    def _with_products(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording
    ) -> List[EventType]:
        try:
            with database().session() as session:
                products = ProductRepository(session)
                return self.reply(dispatcher, tracker, wording, told(tracker, products), products)
        except StoreError as error:
            logger.error("%s: %s", self.name(), error)
            return self.reply(dispatcher, tracker, wording, told(tracker), None)

    @abstractmethod
    def reply(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        wording: Wording,
        said: Told,
        products: ProductRepository | None,
    ) -> List[EventType]:
        """Answers; `products` is None while the shop's database does not answer."""


def remember(
    kind: str,
    tracker: Tracker,
    known: Profile,
    steps: Sequence[Step],
    more: Sequence[Line],
    sources: Sequence[str],
    needs: Sequence[str] = (),
) -> List[EventType]:
    """Slots that keep the question, its subjects and needs, what more there is to say and the profile."""
    subjects = tuple(one for step in steps for one in step.actives)[: memory.RECENT]
    asked = Question(kind=kind, subjects=subjects, needs=tuple(needs), profile=known)
    advice = Advice(None, (), more=tuple(more), sources=tuple(sources))
    return [*memory.remember(tracker, asked, advice), *memory.remember_profile(known)]


def suggested(tracker: Tracker) -> tuple[Step, ...]:
    """The routine that was built for the person last."""
    return tuple(Step.read(stored) for stored in tracker.get_slot(SUGGESTED) or [])


def suggest(steps: Sequence[Step]) -> SlotSet:
    """The slot that keeps a routine built for the person."""
    return SlotSet(SUGGESTED, [asdict(step) for step in steps])


def spoken_of(tracker: Tracker) -> str | None:
    """The kind of routine question that the conversation is at; None when it is at something else."""
    kind = (tracker.get_slot("last_question") or {}).get("kind")
    return kind if kind in ACTIONS else None


def meant(tracker: Tracker) -> str | None:
    """The routine question that a message means though its intent is another: products used together are a routine,
    "is that ok?" is about the one spoken of, and a wish after a built one changes it. None for any other message."""
    intent, text = conversation.intent(tracker), conversation.wording(tracker)
    spoken, named = spoken_of(tracker), told(tracker).named
    if intent in ABOUT_STEPS and spoken == "build_routine" and not conversation.QUESTION_WORD.search(text):
        return spoken
    if intent == "ask_together" and not _is_routine(named):
        return None
    if named and USES.search(text) and (len(named) >= FEW or intent in ABOUT_PERSON):
        return "check_routine" if intent in (ABOUT_SEVERAL | ABOUT_CHANGE | ABOUT_PERSON) else None
    if intent in ABOUT_CHANGE and (spoken == "check_routine" or conversation.stored_profile(tracker).routine):
        return "check_routine" if len(named) == FEW and not conversation.QUESTION_WORD.search(text) else None
    if intent not in ABOUT_SEVERAL:
        return None
    if spoken == "check_routine" and not named:
        return spoken if conversation.REFERS_BACK.search(text) else None
    return "check_routine" if len(named) >= MANY and any(step.actives for step in named) else None


def _is_routine(named: Sequence[Step]) -> bool:
    """False for two actives, each perhaps "in a serum", of which somebody asks whether they may meet."""
    actives = [step for step in named if step.actives]
    forms = [step for step in named if not step.actives]
    return len(actives) != FEW or any(step.times for step in named) or any(form.type not in {one.type for one in actives} for form in forms)


async def go_on(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any], kind: str, known: Profile | None = None
) -> List[EventType]:
    """Answers the latest message as a routine question of this kind, with `known` for the stored profile."""
    if known is not None:
        slots = {**tracker.slots, "profile": asdict(known)}
        tracker = Tracker(
            tracker.sender_id, slots, tracker.latest_message, tracker.events, tracker.is_paused(), None, {},
            tracker.latest_action_name,
        )
    return list(await action_named(ACTIONS[kind]).run(dispatcher, tracker, domain) or [])
