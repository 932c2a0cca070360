"""`glasskin explain "..."` and `glasskin understanding check`: why a message is read as it is, and whether the rules are sound."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any, Dict, List, Optional

import typer
from rich.console import Console

from bot.rasa.lean import prepare_rasa
from bot.understanding.frame import Frame

app = typer.Typer(help="How messages are read: the cues and rules of data/understanding.", no_args_is_help=True)
console = Console(soft_wrap=True)


@app.callback()
def understanding() -> None:
    """How messages are read: the cues and rules of data/understanding."""


@app.command()
def check() -> None:
    """Run every example of every rule through all rules, without training, and name what is wrong."""
    raise typer.Exit(1 if report() else 0)


def report() -> int:
    """Prints the mistakes in data/understanding and returns how many there are."""
    prepare_rasa()
    from bot.nlu.hearing import hearer
    from bot.rules.knowledge import load
    from bot.settings import settings
    from bot.understanding import acts, asked_check, situations, talks, topics, upset
    from bot.understanding.asked import AskedError
    from bot.understanding.cues import CueError
    from bot.understanding.reader import Reader
    from bot.understanding.rules import RuleError
    from bot.understanding.validator import mistakes

    try:
        reader, hear, pack, upsets = Reader(), hearer(), topics.finder({}), upset.finder()
        phrases = [*asked_check.mistakes(pack, reader, hear, "topics"), *asked_check.mistakes(upsets, reader, hear, "upset")]
        found = [*mistakes(reader, hear), *phrases]
        untold = list(situations.mistakes(load(settings().knowledge)))
        acts.examples()
    except (acts.ActError, AskedError, CueError, RuleError, situations.SituationError, talks.TalkError) as error:
        console.print(str(error), markup=False, highlight=False)
        return 1
    for one in found:
        console.print(f"- data/understanding/{one.where}: {one.what}", markup=False, highlight=False)
    for line in untold:
        console.print(f"- {line}", markup=False, highlight=False)
    if not found and not untold:
        examples = sum(len(rule.takes) + len(rule.leaves) for rule in reader.rules)
        examples += sum(len(one.takes) + len(one.leaves) for one in (*pack.entries.values(), *upsets.entries.values()))
        console.print(f"{len(reader.rules)} rules, {len(reader.cues)} cues, {len(pack.entries)} topics, {examples} examples: all in order.", highlight=False)
    return len(found) + len(untold)


def explain(
    messages: Annotated[List[str], typer.Argument(help="The message; with several, a conversation of which the last is explained.")],
    page: Annotated[Optional[str], typer.Option(help="Handle of the product on whose page it is written.")] = None,
) -> None:
    """Say why a message is read as it is: guesses, subjects with roles, cues, rules, the frame before and after context."""
    from bot.cli.app import ready

    model = ready()
    prepare_rasa()
    from rasa.core.agent import Agent

    from bot.answers.door import Place, reply
    from bot.answers.resources import resources
    from bot.nlu.before import BEFORE
    from bot.understanding.frame import frames_of
    from bot.understanding.memory import Memory
    from bot.understanding.resolve import resolve

    agent = Agent.load(str(model))
    memory, place = Memory(), Place(page or "", "terminal", time.time())
    for number, message in enumerate(messages):
        BEFORE.set(tuple(messages[:number]))
        parsed: Dict[str, Any] = _parsed(agent, message)
        frames = frames_of(parsed)
        if number == len(messages) - 1:
            for frame in frames:
                _show("Read", frame)
                found = resolve(frame, memory, resources().knowledge, place.page, place.now)
                why = f"  (decided by: {found.why.replace('_', ' ')})" if found.why else ""
                console.print(f"After the conversation: kind {found.frame.kind}{why}", markup=False)
                asked = found.asked
                console.print(f"  asks about: {', '.join((*asked.subjects, *asked.forms, *asked.needs)) or 'nothing'}; yes or no: {asked.polar}", markup=False)
                console.print(f"  person: {found.person}", markup=False)
        said, memory = reply(frames, memory, place, resources())
    for one in said:
        console.print(f"Answer: {one.text}", markup=False)
        if one.buttons:
            console.print(f"Buttons: {' | '.join(button['title'] for button in one.buttons)}", markup=False)


def _parsed(agent: Any, message: str) -> Dict[str, Any]:
    parsed: Dict[str, Any] = asyncio.run(agent.parse_message(message))
    return parsed


def _show(title: str, frame: Frame) -> None:
    console.print(f"{title}: {' '.join(frame.words)}", markup=False)
    guesses = ", ".join(f"{name} {share:.2f}" for name, share in frame.ranking[:3])
    console.print(f"  guesses: {guesses}  ({frame.band}{', tied' if frame.tied else ''})", markup=False)
    for one in frame.mentions:
        console.print(f"  {one.label}: {one.id} ({one.text}){f', {one.role}' if one.role else ''}", markup=False)
    for label, values in (
        ("numbers", [f"{one.measures} {one.value} {one.role}".strip() for one in frame.quantities]), ("unknown", list(frame.unknown)),
        ("relation", [frame.relation] if frame.relation else []), ("whose skin", [frame.whose, frame.whom] if frame.whose else []),
        ("points back with", list(frame.refers)), ("cues", sorted(frame.cues)), ("rules", list(frame.rules)),
        ("sounds like", [f"{one.name} {one.share:.2f}" for one in frame.situations]),
    ):
        if values:
            console.print(f"  {label}: {', '.join(filter(None, values))}", markup=False)
    turned = ", turned round" if frame.turned else ""
    console.print(f"  kind: {frame.kind}{f' or {frame.runner_up}' if frame.runner_up else ''}; yes or no: {frame.polar}{turned}", markup=False)


__all__ = ["app", "explain", "report"]
