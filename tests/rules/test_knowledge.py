"""Mistakes in the knowledge are all named, each with its file, entry and field."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rules.knowledge import FILES, FOLDERS, KnowledgeError, load
from bot.rules.schema import Fact, Pair
from tests.knowledge import knowledge

FACT = {"say": "It is a light step.", "sources": ["SRC"]}
WEEK = {"low": 7, "high": 14}
SMALL: dict[str, dict[str, Any]] = {
    "sources": {"SRC": {"publisher": "A dermatology society", "kind": "medical", "address": "https://example.org"}},
    "product_types": {
        "serum": {
            "name": "serum", "order": 6, "morning": "yes", "night": "yes", "per_week": WEEK, "sources": ["SRC"],
            "facts": {"what_is": FACT},
        }
    },
    "ingredients": {
        "retinol": {
            "name": "retinol", "inci": "Retinol", "family": "retinoid", "what": FACT, "sun": "yes",
            "helps": ["fine_lines"], "pregnancy": {"status": "avoid", "sources": ["SRC"]}, "sources": ["SRC"],
        }
    },
    "families": {"retinoid": {"name": "retinoids", "members": ["retinol"]}},
    "conditions": {"pregnancy": {"name": "pregnancy"}},
    "brands": {"halla": {"name": "Halla", "aliases": ["halla skin"]}},
    "pairs": {
        "retinol_x_serum": {
            "a": "retinol", "b": "serum", "verdict": "fine", "reason": "No clash.", "confidence": "low",
            "sources": ["SRC"],
        }
    },
    "concerns": {"fine_lines": {"name": "fine lines", "sources": ["SRC"]}},
    "skin_types": {},
    "terms": {"slugging": {"name": "slugging", "what": FACT, "covers": ["order"]}},
    "safety": {"burn": {"kind": "red_flag", "name": "Burn", "urgency": "urgent", "say": "Rinse.", "sources": ["SRC"]}},
    "practices": {"rub": {"practices": ["massage"], "people": ["burn"], "verdict": "no", "say": "Leave it alone.", "sources": ["SRC"]}},
    "shelf_life": {
        "serums": {"subjects": ["serum"], "low": 6, "high": 12, "estimate": True, "say": "A year.", "sources": ["SRC"]}
    },
    "guidelines": {"one_a_night": {"say": "One is enough.", "number": 1, "sources": ["SRC"]}},
    "routines": {"short": {"name": "short", "morning": ["serum"], "night": ["serum"], "sources": ["SRC"]}},
    "label_names": {"carbomer": {"inci": "CARBOMER", "role": "thickener", "low": True, "sources": ["SRC"]}},
    "label_clues": {"serum": {"name": "a serum", "types": ["serum"], "any_of": ["thickener"], "reason": "x", "sources": ["SRC"]}},
    "allergens": {"linalool": {"name": "linalool", "entry": 84, "inci": ["LINALOOL"], "sources": ["SRC"]}},
    "topics": {"serum_order": {"kind": "order", "about": ["serum"], "fact": FACT}},
    "claims": {
        "light": {
            "claim": "Serums are light.", "question": "is serum light?", "stance": "agree",
            "answer": "product_types.serum.what_is", "expect": [["light"]],
        }
    },
}


def write(folder: Path, content: dict[str, dict[str, Any]]) -> Path:
    """Writes every file of a knowledge folder and returns the folder."""
    for name, entries in content.items():
        (folder / f"{name}.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    """What `load` finds wrong with a folder."""
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert all(problem in str(caught.value) for problem in caught.value.problems)
    return caught.value.problems


def changed(path: str, value: Any) -> dict[str, dict[str, Any]]:
    """The small knowledge with one value, at "file.entry.field...", replaced."""
    content = deepcopy(SMALL)
    *steps, last = path.split(".")
    place: Any = content
    for step in steps:
        place = place[step]
    place[last] = value
    return content


def test_correct_knowledge_is_loaded(tmp_path: Path) -> None:
    known = load(write(tmp_path, SMALL))
    assert known.fact("product_types.serum.what_is") == known.fact("topics.serum_order") == Fact.parse_obj(FACT)
    assert known.fact("ingredients.retinol.what").say == FACT["say"]
    assert (known.fact("safety.burn").say, known.fact("shelf_life.serums").say) == ("Rinse.", "A year.")
    assert known.pair_index[frozenset(("serum", "retinol"))] is known.pairs["retinol_x_serum"]
    assert known.subject("retinol") is known.ingredients["retinol"]
    assert known.subject("pregnancy") is None
    with pytest.raises(KeyError):
        known.fact("product_types.serum.no_such_kind")


def test_the_small_knowledge_has_every_file() -> None:
    assert set(SMALL) == set(FILES) - FOLDERS


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("sources.SRC.kind", "hearsay", "sources.yml, SRC, kind"),
        ("product_types.serum.morning", "perhaps", "product_types.yml, serum, morning"),
        ("product_types.serum.per_week", {"low": 9, "high": 2}, "product_types.yml, serum, per_week"),
        ("product_types.serum.per_week", {"low": 9, "high": 22}, "product_types.yml, serum, per_week.high"),
        ("product_types.serum.facts.what_is", {"say": "Light."}, "product_types.yml, serum, facts.what_is.sources"),
        ("product_types.serum.facts.what_is", FACT | {"sources": []}, "product_types.yml, serum, facts.what_is.sources"),
        ("product_types.serum.facts.what_is", FACT | {"say": "  "}, "product_types.yml, serum, facts.what_is.say"),
        ("product_types.serum.facts.what_is", FACT | {"say": "x" * 401}, "product_types.yml, serum, facts.what_is.say"),
        ("product_types.serum.facts.what_is", FACT | {"verdict": "ok"}, "product_types.yml, serum, facts.what_is.verdict"),
        ("ingredients.retinol.colour", "yellow", "ingredients.yml, retinol, colour"),
        ("ingredients.retinol.family", "Retinoid!", "ingredients.yml, retinol, family"),
        ("families.retinoid.members", [], "families.yml, retinoid, members"),
        ("pairs.retinol_x_serum.verdict", "maybe", "pairs.yml, retinol_x_serum, verdict"),
        ("safety.burn.urgency", "later", "safety.yml, burn, urgency"),
        ("shelf_life.serums.low", -1, "shelf_life.yml, serums, low"),
        ("claims.light.expect", [], "claims.yml, light, expect"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, path: str, value: Any, where: str) -> None:
    found = problems(write(tmp_path, changed(path, value)))
    assert len(found) == 1 and found[0].startswith(f"{where}: ")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("ingredients.retinol.family", "retinoids", "ingredients.yml, retinol, family: nothing is called retinoids"),
        ("ingredients.retinol.helps", ["lines"], "ingredients.yml, retinol, helps: nothing is called lines"),
        ("families.retinoid.members", ["retinal"], "families.yml, retinoid, members: nothing is called retinal"),
        ("pairs.retinol_x_serum.b", "toner", "pairs.yml, retinol_x_serum, b: nothing is called toner"),
        ("topics.serum_order.about", ["toner"], "topics.yml, serum_order, about: nothing is called toner"),
        ("shelf_life.serums.subjects", ["toner"], "shelf_life.yml, serums, subjects: nothing is called toner"),
        ("practices.rub.people", ["sting"], "practices.yml, rub, people: nothing is called sting"),
        ("safety.burn.about", ["toner"], "safety.yml, burn, about: nothing is called toner"),
        ("safety.burn.adding", ["toner"], "safety.yml, burn, adding: nothing is called toner"),
        ("concerns.fine_lines.avoid", ["toner"], "concerns.yml, fine_lines, avoid: nothing is called toner"),
        (
            "concerns.fine_lines.suggest",
            [{"ingredient": "retinal", "sources": ["SRC"]}],
            "concerns.yml, fine_lines, suggest: nothing is called retinal",
        ),
        ("pairs.retinol_x_serum.sources", ["NO"], "pairs.yml, retinol_x_serum, sources: no source NO in sources.yml"),
        (
            "ingredients.retinol.pregnancy.sources",
            ["NO"],
            "ingredients.yml, retinol, pregnancy.sources: no source NO in sources.yml",
        ),
        (
            "concerns.fine_lines.suggest",
            [{"ingredient": "retinol", "sources": ["NO"]}],
            "concerns.yml, fine_lines, suggest.0.sources: no source NO in sources.yml",
        ),
        (
            "claims.light.answer",
            "product_types.serum.texture",
            "claims.yml, light, answer: there is no statement at product_types.serum.texture",
        ),
        ("claims.light.answer", "serum", "claims.yml, light, answer: there is no statement at serum"),
    ],
)
def test_a_reference_to_nothing_is_named(tmp_path: Path, path: str, value: Any, problem: str) -> None:
    assert problems(write(tmp_path, changed(path, value))) == [problem]


@pytest.mark.parametrize(
    ("file", "addition", "key"),
    [
        ("families", "retinoid: {name: again, members: [retinol]}\n", "retinoid"),
        ("conditions", "latex: {name: latex, name: rubber}\n", "name"),
    ],
)
def test_a_key_given_twice_is_refused(tmp_path: Path, file: str, addition: str, key: str) -> None:
    path = write(tmp_path, SMALL) / f"{file}.yml"
    path.write_text(path.read_text(encoding="utf-8") + addition, encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}.yml: ") and "given twice" in problem and key in problem


def test_a_pair_given_both_ways_round_is_refused(tmp_path: Path) -> None:
    content = deepcopy(SMALL)
    content["pairs"]["serum_x_retinol"] = SMALL["pairs"]["retinol_x_serum"] | {"a": "serum", "b": "retinol"}
    assert problems(write(tmp_path, content)) == ["pairs.yml, serum_x_retinol: serum and retinol already have an entry"]


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"", b"{", b"\xff\xfe\xfa", b"a: !!python/object:os.system {}\n"])
def test_a_file_that_is_no_mapping_is_named(tmp_path: Path, content: bytes) -> None:
    (write(tmp_path, SMALL) / "topics.yml").write_bytes(content)
    (problem,) = problems(tmp_path)
    assert problem.startswith("topics.yml: ")


def test_every_missing_file_is_named(tmp_path: Path) -> None:
    assert [problem.split(":")[0] for problem in problems(tmp_path)] == [f"{name}.yml" for name in FILES if name not in FOLDERS]


def test_files_of_a_folder_are_read_as_one(tmp_path: Path) -> None:
    folder = write(tmp_path, SMALL) / "situations"
    folder.mkdir()
    entry = {"kind": "irritation", "fact": FACT}
    (folder / "one.yml").write_text(yaml.safe_dump({"hot": entry}))
    (folder / "two.yml").write_text(yaml.safe_dump({"cold": entry | {"about": ["serum"]}}))
    assert {*load(tmp_path).situations} == {"hot", "cold"}
    (folder / "two.yml").write_text(yaml.safe_dump({"hot": entry}))
    assert problems(tmp_path) == ["situations/two.yml, hot: another file has an entry of this name"]


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    content = changed("sources.SRC.kind", "hearsay")
    content["pairs"]["retinol_x_serum"] |= {"verdict": "maybe", "confidence": "some"}
    found = problems(write(tmp_path, content))
    assert {problem.split(": ")[0] for problem in found} == {
        "sources.yml, SRC, kind",
        "pairs.yml, retinol_x_serum, verdict",
        "pairs.yml, retinol_x_serum, confidence",
    }


def test_entries_cannot_be_changed(tmp_path: Path) -> None:
    pair = load(write(tmp_path, SMALL)).pairs["retinol_x_serum"]
    with pytest.raises(TypeError):
        pair.verdict = "avoid"  # type: ignore[misc]
    assert isinstance(pair, Pair)


@pytest.mark.parametrize("claim", knowledge().claims.values(), ids=knowledge().claims)
def test_the_statement_that_answers_a_claim_says_what_is_expected(claim: Any) -> None:
    fact = knowledge().fact(claim.answer)
    said = " ".join([fact.say, *fact.more]).lower()
    missing = [words for words in claim.expect if not any(word.lower() in said for word in words)]
    assert missing == []
