"""The check of the knowledge finds what an editor gets wrong, and says it so that they can mend it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli.app import app
from bot.paths import KNOWLEDGE as FOLDER
from bot.rules.checking import look_over
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Condition
from bot.settings import settings
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def mistakes(data: Knowledge) -> list[str]:
    """What is to be mended, as "where: what"."""
    return [f"{one.where}: {one.what}" for one in look_over(data) if one.weight == "mistake"]


def changed(group: str, entry_id: str, **fields: Any) -> Knowledge:
    """The knowledge with one entry changed."""
    entries = dict(getattr(KNOWLEDGE, group))
    entries[entry_id] = entries[entry_id].copy(update=fields)
    index = {frozenset((one.a, one.b)): one for one in entries.values()} if group == "pairs" else KNOWLEDGE.pair_index
    return replace(KNOWLEDGE, **{group: entries, "pair_index": index})


def test_the_knowledge_has_nothing_to_mend() -> None:
    assert mistakes(KNOWLEDGE) == []


def test_a_pair_against_its_family() -> None:
    pair = next(
        key
        for key, one in KNOWLEDGE.pairs.items()
        if one.a in KNOWLEDGE.ingredients and one.verdict in ("fine", "helpful")
    )
    one = KNOWLEDGE.pairs[pair]
    family = KNOWLEDGE.ingredients[one.a].family
    wider = one.copy(update={"a": family, "verdict": "avoid", "sources": ["EU3"]})
    pairs = {**KNOWLEDGE.pairs, "wider": wider}
    data = replace(KNOWLEDGE, pairs=pairs, pair_index={frozenset((each.a, each.b)): each for each in pairs.values()})
    found = [text for text in mistakes(data) if text.startswith(f"pairs.yml, {pair}")]
    assert found and family in found[0]


@pytest.mark.parametrize(
    ("group", "entry", "fields", "words"),
    [
        ("safety", "product_in_eye", {"sources": ["UNSOURCED"]}, "has no source"),
        ("claims", "C01", {"after": "C01"}, "goes in a circle"),
        ("families", "retinoid", {"members": ["retinal"]}, "Add retinol to `members`"),
        ("label_clues", "serum", {"any_of": ["nonsense"]}, "no family and no role is called nonsense"),
        ("label_clues", "serum", {"types": ["nonsense"]}, "no product type is called nonsense"),
        ("product_types", "sunscreen", {"order": None}, "its place in the routine"),
    ],
)
def test_a_mistake_is_named(group: str, entry: str, fields: dict[str, Any], words: str) -> None:
    entry = entry if entry in getattr(KNOWLEDGE, group) else next(iter(getattr(KNOWLEDGE, group)))
    if "after" in fields:
        fields = {"after": entry}
    assert any(words in text for text in mistakes(changed(group, entry, **fields)))


def test_fine_in_pregnancy_needs_a_source_that_can_be_opened() -> None:
    pregnancy = KNOWLEDGE.ingredients["glycerin"].pregnancy.copy(update={"status": "ok"})
    assert any("can be opened" in text for text in mistakes(changed("ingredients", "glycerin", pregnancy=pregnancy)))


def test_loose_ends_are_only_noticed() -> None:
    conditions = {**KNOWLEDGE.conditions, "moon": Condition(name="full moon")}
    found = look_over(replace(KNOWLEDGE, conditions=conditions))
    assert [(one.weight, one.where) for one in found] == [("notice", "conditions.yml, moon")]


def test_the_command_names_everything_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in FOLDER.glob("*.yml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    safety = yaml.safe_load((FOLDER / "safety.yml").read_text("utf-8"))
    safety["crisis"]["sources"] = ["UNSOURCED"]
    safety["burn_or_blisters"]["phrases"].append("No")
    safety["burn_or_blisters"]["signs"][0]["all"][0].append("False")
    (tmp_path / "safety.yml").write_text(yaml.safe_dump(safety, allow_unicode=True), "utf-8")
    monkeypatch.setenv("KNOWLEDGE", str(tmp_path))
    settings.cache_clear()
    try:
        result = CliRunner().invoke(app, ["knowledge", "check"])
    finally:
        settings.cache_clear()
    assert result.exit_code == 1
    assert "safety.yml, crisis" in result.output
    assert "without quotes" in result.output
