"""Every wording that code asks for stands in data/responses, every one there is asked for, and its values are filled."""

from __future__ import annotations

import ast
import string
from functools import lru_cache
from pathlib import Path
from typing import Iterator

import pytest
import yaml

from bot.answers.services import SERVICES
from bot.channels.telegram.commands import MENU
from bot.channels.telegram.updates import WORDLESS
from bot.desk.canned import PREFIX
from bot.paths import DATA, ROOT
from bot.phrases import PhraseError, Phrases, phrases
from bot.plans.page import LABELS
from bot.rules.finder import SENSITIVE, STEPS
from bot.rules.pairs import VERDICTS
from bot.rules.ranking import APART
from bot.rules.schema import Verdict
from bot.rules.situations import SITUATION
from bot.support.places.telegram.hearing import COMMANDS
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
TELEGRAM = "telegram_"
ASKING = ("say", "buttons_of")
ROOMS = ("answers", "orders", "shop", "handoff", "review")
HALVES, DAYS = ("morning", "night"), ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OPEN_VERDICTS = [verdict for verdict, found in VERDICTS.items() if found is not Verdict.YES]
KINDS = {intent.removeprefix("ask_") for intent in yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]} | {
    path.stem for path in (DATA / "understanding").glob("[!_]*.yml")
}
# Keys that code makes out of data. Each of them stands for a place in code where a key is put together.
MADE = {
    "used_stop_one",
    *(f"verdict_{verdict.value}" for verdict in Verdict),
    *(f"pair_{pair.verdict}" for pair in KNOWLEDGE.pairs.values()),
    *(f"pregnancy_{status}" for status in ("ok", "avoid", "ask_doctor")),
    *(f"caution_pregnancy_{status}" for status in ("avoid", "ask_doctor")),
    *(f"why_pregnancy_{status}" for status in ("avoid", "ask_doctor")),
    *(f"label_pregnancy_{status}" for status in ("avoid", "ask_doctor")),
    *(f"time_{when}" for when in ("am", "pm", "am_or_pm", "am_and_pm")),
    *(f"percent_{place}" for place in ("above", "below", "within")),
    *(f"shelf_{place}" for place in ("past", "late", "fresh")),
    *(f"routine_{rule}" for rule in KNOWLEDGE.guidelines if "_at_most" in rule),
    *(f"routine_verdict_{verdict}" for verdict in ("yes", "careful", "no", "doctor", "unknown")),
    *(f"routine_clash_{kind}" for kind in (*OPEN_VERDICTS, "duplicate", "unknown") if kind != "wait"),
    *(f"routine_parted_{kind}" for kind in ("alternate_nights", "separate_am_pm")),
    *(f"routine_{half}" for half in HALVES),
    *(f"routine_item_{half}s" for half in HALVES),
    *(f"label_active_{where}" for where in ("filter", "filter_printed", "high", "low", "place", "printed")),
    *(f"label_clash_{verdict}" for verdict in OPEN_VERDICTS),
    *(f"finder_{step}" for step in STEPS if step != SENSITIVE),
    *(f"finder_{verdict}" for verdict in APART),
    *(f"kind_{source.kind}" for source in KNOWLEDGE.sources.values()),
    *(f"week_{label}" for label in LABELS),
    *(f"week_{half}_extra" for half in HALVES),
    *(key for key in phrases().keys if key.startswith(PREFIX)),
    *(f"day_{day}" for day in DAYS),
    *(f"day_short_{day}" for day in DAYS),
    *(f"telegram_menu_{name}" for name in MENU),
    *(f"topic_menu_{name}" for name in COMMANDS),
    *(f"telegram_no_{kind}" for kind in WORDLESS.values()),
    *(key for kind in (*SERVICES, *KINDS, SITUATION) if (key := f"review_kind_{kind}") in phrases().keys),
}


def notices() -> Iterator[str]:
    """What a conversation with a person says by itself: the kinds that `_notice` is called with."""
    for path in sorted((ROOT / "bot" / "support" / "handoff").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_notice":
                yield from _texts(node.args[2])


@lru_cache(maxsize=1)
def trees() -> dict[Path, ast.Module]:
    """The code that has words to say."""
    folders = (ROOT / "bot", ROOT / "actions")
    return {path: ast.parse(path.read_text("utf-8")) for folder in folders for path in sorted(folder.rglob("*.py"))}


def _texts(node: ast.expr | None) -> Iterator[str]:
    """The texts that an expression may give: one, or those of "a if b else c"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def _asked(tree: ast.Module) -> Iterator[str]:
    """Keys that are written out where they are asked for: `say("key")`, `Line(key="key")`, `key = "key"`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ASKING and node.args:
                yield from _texts(node.args[0])
            if name in ("Line", "line"):
                yield from (text for one in node.keywords if one.arg == "key" for text in _texts(one.value))
        elif isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == "key" for one in node.targets):
            yield from _texts(node.value)


def asked() -> list[str]:
    """Every key that is written out where it is asked for, under the name by which data/responses has it."""
    found: set[str] = set()
    for path, tree in trees().items():
        own = "telegram" in path.parts
        found |= {f"{TELEGRAM}{key}" if own and phrases().has(f"{TELEGRAM}{key}") else key for key in _asked(tree)}
    assert len(found) > 200
    return sorted(found - {""})  # an empty text is no key


@lru_cache(maxsize=1)
def written() -> frozenset[str]:
    """Every text that stands in code."""
    return frozenset(
        node.value for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@lru_cache(maxsize=1)
def begun() -> tuple[str, ...]:
    """How keys begin that some rooms put together: `say(f"upset_{name}")`."""
    rooms = [tree for path, tree in trees().items() if path.parent.name in ROOMS]
    calls = (node for tree in rooms for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values)
    starts = {one.values[0].value for one in calls if isinstance(one.values[0], ast.Constant)}
    return tuple(start for start in starts if isinstance(start, str) and start.endswith("_"))


@pytest.mark.parametrize("key", sorted({*asked(), *MADE}))
def test_what_code_asks_for_stands_there(key: str) -> None:
    assert phrases().has(key) and phrases()._texts[key].strip()


@pytest.mark.parametrize("key", sorted(phrases().keys))
def test_what_stands_there_is_asked_for(key: str) -> None:
    plain = key.removeprefix(TELEGRAM)
    question = key.removeprefix("question_").removesuffix("_general") if key.startswith("question_") else ""
    assert key in MADE or key in {f"handoff_{kind}" for kind in notices()} or key.startswith(begun()) or key in written() or (key.startswith(TELEGRAM) and plain in written()) or question in KINDS


@pytest.mark.parametrize("key", sorted(phrases().keys))
def test_wording_has_well_formed_places(key: str) -> None:
    places = [field for _, field, _, _ in string.Formatter().parse(phrases()._texts[key]) if field is not None]
    assert all(place.isidentifier() for place in places)


@pytest.mark.parametrize("key", [key for key in sorted(phrases().keys) if phrases().buttons_of(key)])
def test_buttons_send_plain_text(key: str) -> None:
    for button in phrases().buttons_of(key):
        assert button["title"] and button["payload"] and not button["payload"].startswith("/")


def test_the_domain_has_no_wording_of_its_own() -> None:
    assert "responses" not in yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def test_what_the_rules_say_leaves_yes_and_no_to_the_verdict() -> None:
    """What is said of a shop's product or delivery answers in whole sentences of its own."""
    own = {key for path, tree in trees().items() if path.parent.name == "rules" for key in _asked(tree)}
    assert len(own) > 50
    said = {key: phrases()._texts[key] for key in own | {f"pair_{verdict}" for verdict in VERDICTS}}
    assert {key: text for key, text in said.items() if text.startswith(("Yes, ", "No, "))} == {}


def test_a_value_is_filled_and_begins_a_sentence_with_a_capital() -> None:
    texts = Phrases({"a": "{subject} is fine: {Subject} and {other}."}, {"a": []})
    assert texts.say("a", subject="retinol", other="more") == "Retinol is fine: Retinol and more."
    with pytest.raises(KeyError):
        texts.say("a", subject="retinol")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yml": "wording: {one: x}", "b.yml": "wording: {one: y}"}, "b.yml: one stands in another file too"),
        ({"a.yml": "responses: {one: x}"}, "a.yml cannot be used"),
        ({"a.yml": "wording: {one: {buttons: [x]}}"}, "a.yml cannot be used"),
        ({"a.yml": "wording: ["}, "a.yml cannot be used"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(PhraseError, match=said):
        Phrases.load(tmp_path)
