"""Loads `data/knowledge` once, checks it, and answers look-ups by id.

Mistakes are collected over all files and reported together, each with its file, entry and field, so that
whoever edits the YAML can mend them in one go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Iterator, Mapping, Type, TypeVar, Union, cast

import yaml
from pydantic import BaseModel, ValidationError

from bot.home.folder import KNOWLEDGE
from bot.home.origins import came_later
from bot.rules import schema, schema_labels, schema_safety, schema_terms
from bot.rules.naming import NamesInText
from bot.rules.statements import NamedIds, ids_by_text
from bot.settings import settings

Entry = TypeVar("Entry", bound=BaseModel)
Subject = Union[schema.ProductType, schema.Ingredient, schema.Family, schema.Concern, schema.SkinType, schema_terms.Term]

FILES: Mapping[str, Type[BaseModel]] = {
    "sources": schema.Source,
    "product_types": schema.ProductType,
    "ingredients": schema.Ingredient,
    "families": schema.Family,
    "conditions": schema.Condition,
    "brands": schema.Named,
    "pairs": schema.Pair,
    "concerns": schema.Concern,
    "skin_types": schema.SkinType,
    "terms": schema_terms.Term,
    "safety": schema_safety.SafetyEntry,
    "practices": schema_safety.Practice,
    "shelf_life": schema.ShelfLife,
    "guidelines": schema.Guideline,
    "routines": schema.Routine,
    "topics": schema.Topic,
    "situations": schema.Situation,
    "label_names": schema_labels.LabelName,
    "label_clues": schema_labels.LabelClue,
    "allergens": schema_labels.Allergen,
    "claims": schema.Claim,
}

FOLDERS = frozenset({"situations"})
OWN = frozenset({"sources", "product_types", "ingredients", "families", "brands", "terms", "shelf_life", "topics", "label_names", "label_clues", "claims"})
"""Files to which an owner may add entries; what keeps people safe is the project's alone."""


class KnowledgeError(Exception):
    """The knowledge cannot be used; `problems` lists every mistake as "file, entry, field: what is wrong"."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("data/knowledge has mistakes:\n  " + "\n  ".join(problems))


@dataclass(frozen=True)
class Knowledge:
    """All entries by id. Read only; made by `load`."""

    sources: Mapping[str, schema.Source]
    product_types: Mapping[str, schema.ProductType]
    ingredients: Mapping[str, schema.Ingredient]
    families: Mapping[str, schema.Family]
    conditions: Mapping[str, schema.Condition]
    brands: Mapping[str, schema.Named]
    pairs: Mapping[str, schema.Pair]
    concerns: Mapping[str, schema.Concern]
    skin_types: Mapping[str, schema.SkinType]
    terms: Mapping[str, schema_terms.Term]
    safety: Mapping[str, schema_safety.SafetyEntry]
    practices: Mapping[str, schema_safety.Practice]
    shelf_life: Mapping[str, schema.ShelfLife]
    guidelines: Mapping[str, schema.Guideline]
    routines: Mapping[str, schema.Routine]
    topics: Mapping[str, schema.Topic]
    situations: Mapping[str, schema.Situation]
    label_names: Mapping[str, schema_labels.LabelName]
    label_clues: Mapping[str, schema_labels.LabelClue]
    allergens: Mapping[str, schema_labels.Allergen]
    claims: Mapping[str, schema.Claim]
    pair_index: Mapping[frozenset[str], schema.Pair] = field(repr=False)

    def subject(self, subject_id: str) -> Subject | None:
        """The product type, ingredient, family, concern, skin type or term with this id, or None."""
        return self._subjects.get(subject_id)

    def is_content(self, subject_id: str) -> bool:
        """True for the id of an ingredient or a family of them: what is in a product."""
        return subject_id in self.ingredients or subject_id in self.families

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        groups = (self.terms, self.skin_types, self.concerns, self.families, self.ingredients, self.product_types)
        return {subject_id: cast(Subject, entry) for group in groups for subject_id, entry in group.items()}

    @cached_property
    def names_in_text(self) -> NamesInText:
        """Finds the ids that an English sentence names."""
        return NamesInText(self)

    def allergy_to(self, named: str) -> str:
        """The id of the allergy whose triggers a name is among, or begins with ("salmon roe"); empty where there is none."""
        words = named.lower().split()
        tries = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((self._allergies[one] for one in tries if one in self._allergies), "")

    @cached_property
    def _allergies(self) -> Mapping[str, str]:
        return {trigger: key for key, entry in self.safety.items() for trigger in entry.triggers}

    def ids_of(self, text: str) -> NamedIds:
        """The ids that a text names, divided by the tags of its statement; all of them recommended where the text is no
        statement of the knowledge, as nothing is known against that."""
        return self._ids_by_text.get(text) or NamedIds(self.names_in_text.find(text))

    @cached_property
    def _ids_by_text(self) -> Mapping[str, NamedIds]:
        return ids_by_text(self, self.names_in_text)

    def fact(self, address: str) -> schema.Fact:
        """The statement at "file.id.field", as claims name it.

        Raises:
            KeyError: when nothing stands there.
        """
        file, entry_id, *rest = address.split(".")
        entry: Any = getattr(self, file)[entry_id]
        if isinstance(entry, schema.Topic):
            return entry.fact
        if isinstance(entry, (schema.ShelfLife, schema_safety.SafetyEntry, schema.Guideline)):
            return schema.Fact(say=entry.say, sources=entry.sources)
        fact: schema.Fact = entry.what if rest == ["what"] else entry.facts[rest[0]]
        return fact


def load(folder: Path, added: Path | None = None) -> Knowledge:
    """Reads and checks every file of `folder`, and beside the settings' knowledge what its owner added; files that did not change since
    are not read again, and all who ask share one.

    Args:
        folder: the project's files, or others in their place.
        added: the folder of what the owner added; that of the settings where it is left out.

    Raises:
        KnowledgeError: with all mistakes found: unreadable files, wrong fields, references to nothing.
    """
    own = added or (settings().home / KNOWLEDGE if folder == settings().knowledge else None)
    files = [*sorted(folder.rglob("*.yml")), *(sorted(own.glob("*.yml")) if own is not None else ())]
    return _read(folder, own, tuple(_state(path) for path in files))


def _state(path: Path) -> tuple[str, int, int]:
    """Changes when the file does."""
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=2)
def _read(folder: Path, own: Path | None, states: tuple[tuple[str, int, int], ...]) -> Knowledge:
    """`load`, while the files are in these states."""
    problems: list[str] = []
    groups: dict[str, dict[str, Any]] = {name: _load_group(folder, name, model, problems) for name, model in FILES.items()}
    for path in sorted(own.glob("*.yml")) if own is not None else ():
        _add_own(path, groups, problems)
    if not problems:
        problems.extend(_dangling(groups))
    pair_index: dict[frozenset[str], schema.Pair] = {}
    for pair_id, pair in groups["pairs"].items():
        key = frozenset((pair.a, pair.b))
        if key in pair_index:
            problems.append(f"pairs.yml, {pair_id}: {pair.a} and {pair.b} already have an entry")
        pair_index[key] = pair
    if problems:
        raise KnowledgeError(problems)
    return Knowledge(**groups, pair_index=pair_index)


def _add_own(path: Path, groups: dict[str, dict[str, Any]], problems: list[str]) -> None:
    """Adds the entries of a file of the owner's; none takes the place of one of the project's, also of one that an update brought."""
    if path.stem not in OWN:
        problems.append(f"{path.parent.name}/{path.name} of your own files: entries can be added to {', '.join(sorted(OWN))} only")
        return
    for entry_id, entry in _load_file(path, FILES[path.stem], problems).items():
        if entry_id not in groups[path.stem]:
            groups[path.stem][entry_id] = entry
        elif not came_later(path, entry_id):
            problems.append(f"{path.name} of your own files, {entry_id}: the project has an entry of this name, give yours another")


def _load_group(folder: Path, name: str, model: Type[Entry], problems: list[str]) -> dict[str, Entry]:
    """The entries of a file, or of all files of a folder."""
    if name not in FOLDERS:
        return _load_file(folder / f"{name}.yml", model, problems)
    found: dict[str, Entry] = {}
    for path in sorted((folder / name).glob("*.yml")):
        entries = _load_file(path, model, problems)
        problems.extend(f"{name}/{path.name}, {one}: another file has an entry of this name" for one in entries if one in found)
        found.update(entries)
    return found


def _load_file(path: Path, model: Type[Entry], problems: list[str]) -> dict[str, Entry]:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: cannot be read: {error}")
        return {}
    if not isinstance(raw, dict):
        problems.append(f"{path.name}: should be a mapping from id to entry")
        return {}
    entries: dict[str, Entry] = {}
    for entry_id, value in raw.items():
        try:
            entries[str(entry_id)] = model.parse_obj(value)
        except ValidationError as error:
            for mistake in error.errors():
                where = ".".join(str(part) for part in mistake["loc"] if part != "__root__")
                problems.append(f"{path.name}, {entry_id}, {where}: {mistake['msg']}")
    return entries


class _UniqueKeys(yaml.CSafeLoader):
    """A safe loader that refuses a key given twice, which YAML would silently let win. It is the one in C, as the one
    in Python takes seconds."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1} if len(set(map(str, keys))) < len(keys) else set()
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"given twice: {twice}", node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _dangling(groups: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """References from one entry to another that lead nowhere."""
    subjects = {"product_types", "ingredients", "families", "conditions", "concerns", "skin_types", "terms", "safety"}
    known = {subject_id for name in subjects for subject_id in groups[name]}
    for file, entries in groups.items():
        for entry_id, entry in entries.items():
            for where, key in _source_keys(entry.dict(), ""):
                if key not in groups["sources"]:
                    yield f"{file}.yml, {entry_id}, {where}: no source {key} in sources.yml"
            for where, subject_id in _subject_ids(file, entry):
                if subject_id not in known:
                    yield f"{file}.yml, {entry_id}, {where}: nothing is called {subject_id}"
    for entry_id, claim in groups["claims"].items():
        try:
            Knowledge(**groups, pair_index={}).fact(claim.answer)
        except (KeyError, IndexError, AttributeError, ValueError):
            yield f"claims.yml, {entry_id}, answer: there is no statement at {claim.answer}"


def _source_keys(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("sources", "helps_sources") and isinstance(inner, list):
                yield from ((f"{where}{name}", key) for key in inner)
            else:
                yield from _source_keys(inner, f"{where}{name}.")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _source_keys(inner, f"{where}{index}.")


def _subject_ids(file: str, entry: Any) -> Iterator[tuple[str, str]]:
    lists = {
        "ingredients": ("helps", "suits", "made_of"),
        "families": ("members",),
        "concerns": ("daily_types", "crisis_types", "avoid"),
        "skin_types": ("good_ingredients",),
        "safety": ("about", "adding"),
        "practices": ("people",),
        "shelf_life": ("subjects",),
        "routines": ("morning", "night", "active"),
        "topics": ("about",),
        "situations": ("about",),
    }.get(file, ())
    for name in lists:
        yield from ((name, subject_id) for subject_id in getattr(entry, name))
    if file == "pairs":
        yield from (("a", entry.a), ("b", entry.b))
    if file == "conditions" and entry.entry:
        yield ("entry", entry.entry)
    if file == "conditions":
        yield from (("steps", one) for one in entry.steps.values())
    if file == "families":
        yield ("carrier", entry.carrier)
    if file == "ingredients":
        yield ("family", entry.family)
    if file == "concerns":
        yield from (("suggest", suggestion.ingredient) for suggestion in entry.suggest)
