"""Finds what is wrong with the files that a model is trained from, in a second and before Rasa reads them.

Rasa names only some of this, after a minute and in a page of text, and trains silently on the rest: an intent that the
domain lacks is learned, predicted, and never answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rasa.shared.core.constants import DEFAULT_ACTION_NAMES

from bot.nearest import did_you_mean
from bot.rasa.data_files import domain_files, training_files
from bot.yaml_files import Place, YamlFileError, line_of, read_yaml, shown

EXAMPLE_KEYS = ("intent", "examples", "synonym", "lookup", "regex", "metadata")
DEFAULT_INTENTS = ("restart", "back", "out_of_scope", "session_start", "nlu_fallback")


class DataError(Exception):
    """What a model is trained from has mistakes; `problems` holds each as a line: file, line, what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Domain(NamedTuple):
    """The names that rules and examples may use."""

    intents: frozenset[str]
    actions: frozenset[str]


def check_training_data(root: Path) -> None:
    """Looks over config, domain, examples, rules and stories.

    Args:
        root: the project's folder.

    Raises:
        DataError: with all mistakes found.
    """
    domain, training = domain_files(root), training_files(root)
    problems = [] if domain else ["There is neither domain.yml nor a folder domain/ with its parts."]
    contents: dict[Path, dict[str, Any]] = {}
    for path in (root / "config.yml", *domain, *training):
        try:
            contents[path] = _mapping(path)
        except YamlFileError as error:
            problems.append(str(error))
    if not problems:
        known = _domain([contents[path] for path in domain], [contents[path] for path in training])
        for path in training:
            problems += _unknown_names(path, contents[path], known)
    if problems:
        raise DataError(problems)


def _mapping(path: Path) -> dict[str, Any]:
    """The content of a file that must hold keys; {} for an empty one.

    Raises:
        YamlFileError: when it cannot be read or holds anything else.
    """
    content = read_yaml(path)
    if content is not None and not isinstance(content, dict):
        raise YamlFileError(f"{shown(path)}:1: holds no keys such as `nlu:` or `rules:` at its top.")
    return content or {}


def _domain(domain: Iterable[dict[str, Any]], training: Iterable[dict[str, Any]]) -> Domain:
    """What is there to be named. Responses may stand in training files too, as those for retrieval intents do."""
    intents: set[str] = set()
    actions: set[str] = {*DEFAULT_ACTION_NAMES}
    for content in domain:
        intents |= set(_names(content.get("intents")))
        actions |= {name for key in ("actions", "responses", "forms") for name in _names(content.get(key))}
    actions |= {name.split("/")[0] for content in training for name in _names(content.get("responses"))}
    return Domain(frozenset(intents | set(DEFAULT_INTENTS)), frozenset(actions))


def _names(entries: Any) -> Iterator[str]:
    """The names of a list, whose entries may carry settings (`- greet: {use_entities: []}`), or of a mapping."""
    for entry in entries or ():
        yield from (str(name) for name in ([entry] if isinstance(entry, str) else entry))


def _unknown_names(path: Path, content: dict[str, Any], known: Domain) -> Iterator[str]:
    for number, group in enumerate(_entries(content, "nlu")):
        yield from _wrong_examples(path, ("nlu", number), group)
        name = group.get("intent")
        if isinstance(name, str) and name.split("/")[0] not in known.intents:
            yield _unknown(path, ("nlu", number), "intent", name.split("/")[0], known.intents)
    for kind in ("rules", "stories"):
        for number, story in enumerate(_entries(content, kind)):
            for place, step in _steps(story):
                yield from _unknown_in_step(path, (kind, number, *place), step, known)


def _wrong_examples(path: Path, place: Place, group: dict[str, Any]) -> Iterator[str]:
    """What Rasa's schema of examples would refuse, in a line."""
    for key in group.keys() - {*EXAMPLE_KEYS}:
        yield f"{shown(path)}:{line_of(path, (*place, key))}: {key} is no key of examples.{did_you_mean(key, EXAMPLE_KEYS)}"
    examples = group.get("examples")
    where = f"{shown(path)}:{line_of(path, (*place, 'examples'))}"
    if isinstance(examples, list):
        if not all(isinstance(one, dict) and "text" in one for one in examples):
            yield f"{where}: examples are one text, an example a line that begins with a dash: write `examples: |`."
    elif not isinstance(examples, str):
        yield f"{where}: there are no examples: write `examples: |` and below it lines that begin with a dash."
    elif any(line.strip() and not line.startswith("-") for line in examples.splitlines()):
        yield f"{where}: a line of the examples does not begin with a dash."


def _steps(story: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    for key in ("condition", "steps"):
        for number, step in enumerate(_entries(story, key)):
            yield (key, number), step
            for other, alternative in enumerate(_entries(step, "or")):
                yield (key, number, "or", other), alternative


def _unknown_in_step(path: Path, place: Place, step: dict[str, Any], known: Domain) -> Iterator[str]:
    intent, action = step.get("intent"), step.get("action")
    if isinstance(intent, str) and intent.split("/")[0] not in known.intents:
        yield _unknown(path, place, "intent", intent.split("/")[0], known.intents)
    if isinstance(action, str) and action.split("/")[0] not in known.actions:
        yield _unknown(path, place, "action", action, known.actions)


def _entries(content: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The mappings of a list, others as empty ones so that numbers count on."""
    entries = content.get(key)
    return [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []


def _unknown(path: Path, place: Place, kind: str, name: str, known: Iterable[str]) -> str:
    asked = did_you_mean(name, known)
    where = f"{shown(path)}:{line_of(path, place)}"
    return f"{where}: the domain has no {kind} {name}. Add it to domain.yml under `{kind}s:`.{asked}"
