"""Looks at the knowledge with the eyes of whoever edits it: contradictions, statements without a source, loose ends.

`load` already refuses what cannot be read. What is found here can be read but is likely wrong, and is told in plain
words with what to do about it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Iterator, Literal, NamedTuple

from bot.labels.inci import normalise_inci
from bot.rules.checking_tags import mistagged
from bot.rules.knowledge import FILES, Knowledge
from bot.rules.schema import Named, Pair

UNSOURCED = "UNSOURCED"
LAX = frozenset({"helpful", "fine"})
STRICT = frozenset({"avoid", "refer"})
MISREAD = frozenset({"True", "False"})


class Finding(NamedTuple):
    """Something to look at. A `mistake` must be mended; a `notice` may be as it should be."""

    weight: Literal["mistake", "notice"]
    where: str
    what: str


def look_over(knowledge: Knowledge) -> list[Finding]:
    """Everything worth telling the editor, mistakes first."""
    found = [
        *_contradictions(knowledge),
        *_cycles(knowledge),
        *_unsourced(knowledge),
        *_families(knowledge),
        *_words(knowledge),
        *(Finding("mistake", where, what) for where, what in mistagged(knowledge)),
        *_labels(knowledge),
        *_unused(knowledge),
    ]
    return sorted(found, key=lambda finding: finding.weight != "mistake")


def _contradictions(knowledge: Knowledge) -> Iterator[Finding]:
    """A pair of two ingredients that says the opposite of what holds for their families."""
    for pair_id, pair in knowledge.pairs.items():
        for wider in _wider(knowledge, pair):
            if {pair.verdict, wider.verdict} & LAX and {pair.verdict, wider.verdict} & STRICT and not pair.exception:
                yield Finding(
                    "mistake",
                    f"pairs.yml, {pair_id}",
                    f"it says \"{pair.verdict}\" for {pair.a} with {pair.b}, but {wider.a} with {wider.b} is \"{wider.verdict}\". "
                    "Change one of the two, or write `exception: true` here if this one really differs from its family.",
                )


def _wider(knowledge: Knowledge, pair: Pair) -> Iterator[Pair]:
    """The pairs of the families that the two sides belong to."""
    circles = []
    for side in (pair.a, pair.b):
        ingredient = knowledge.ingredients.get(side)
        family = knowledge.families.get(ingredient.family) if ingredient else None
        circles.append([side, *([ingredient.family] if ingredient and family and family.inherits else [])])
    for one, other in product(*circles):
        found = knowledge.pair_index.get(frozenset((one, other)))
        if found is not None and found is not pair:
            yield found


def _cycles(knowledge: Knowledge) -> Iterator[Finding]:
    """Steps of a routine without a place, and claims that come after themselves."""
    for type_id, kind in knowledge.product_types.items():
        if kind.order is None and kind.core:
            yield Finding("mistake", f"product_types.yml, {type_id}", "a core step needs `order`, its place in the routine.")
    for claim_id in knowledge.claims:
        seen, here = [claim_id], knowledge.claims[claim_id].after
        while here and here in knowledge.claims and here not in seen:
            seen.append(here)
            here = knowledge.claims[here].after
        if here == claim_id:
            chain = " comes after ".join([*seen, claim_id])
            yield Finding("mistake", f"claims.yml, {claim_id}", f"the order goes in a circle: {chain}. Take one `after` out.")


def _unsourced(knowledge: Knowledge) -> Iterator[Finding]:
    """Statements about safety that nobody but us stands for."""
    advice = "Add the key of a source from sources.yml that says so; best a regulator or a medical one."
    for safety_id, entry in knowledge.safety.items():
        if set(entry.sources) <= {UNSOURCED}:
            yield Finding("mistake", f"safety.yml, {safety_id}", f"\"{entry.name}\" is about safety but has no source. {advice}")
    for pair_id, pair in knowledge.pairs.items():
        if pair.verdict in STRICT and set(pair.sources) <= {UNSOURCED}:
            yield Finding("mistake", f"pairs.yml, {pair_id}", f"it forbids {pair.a} with {pair.b} without a source. {advice}")
    for ingredient_id, one in knowledge.ingredients.items():
        opened = any(knowledge.sources[key].address for key in one.pregnancy.sources)
        if one.pregnancy.status != "ask_doctor" and not opened:
            yield Finding(
                "mistake",
                f"ingredients.yml, {ingredient_id}",
                f"pregnancy is \"{one.pregnancy.status}\" without a source that can be opened. {advice} Until then write ask_doctor.",
            )


def _families(knowledge: Knowledge) -> Iterator[Finding]:
    for ingredient_id, one in knowledge.ingredients.items():
        family = knowledge.families.get(one.family)
        if family and ingredient_id not in family.members:
            yield Finding(
                "mistake",
                f"ingredients.yml, {ingredient_id}",
                f"its family is {one.family}, but families.yml does not list it there. Add {ingredient_id} to `members` of {one.family}.",
            )


def _words(knowledge: Knowledge) -> Iterator[Finding]:
    """Words that YAML or two entries take for something else."""
    for safety_id, entry in knowledge.safety.items():
        words = [word for sign in entry.signs for group in (*sign.all, sign.unless, sign.unless_told, sign.despite) for word in group]
        if MISREAD & {*words, *entry.phrases}:
            yield Finding(
                "mistake", f"safety.yml, {safety_id}", 'a yes or no stands without quotes, so YAML takes it for true or false: write "no".'
            )
    claimed: dict[str, list[str]] = defaultdict(list)
    groups = (knowledge.product_types, knowledge.ingredients, knowledge.concerns, knowledge.skin_types, knowledge.terms)
    for group in groups:
        for subject_id, subject in group.items():
            named: Named = subject
            for text in dict.fromkeys(word.lower() for word in (named.name, *named.aliases, *named.ko)):
                claimed[text].append(subject_id)
    for text, ids in claimed.items():
        if len(ids) > 1:
            yield Finding("notice", "aliases", f"\"{text}\" stands for {' and for '.join(ids)}; only the first will be understood.")


def _labels(knowledge: Knowledge) -> Iterator[Finding]:
    known = {normalise_inci(one.inci): key for key, one in knowledge.ingredients.items()}
    roles = {one.role for one in knowledge.label_names.values()} | set(knowledge.families)
    for name_id, name in knowledge.label_names.items():
        other = known.get(normalise_inci(name.inci))
        if other and not name.caution:
            yield Finding("notice", f"label_names.yml, {name_id}", f"{name.inci} stands in ingredients.yml too, as {other}; one is enough.")
    for clue_id, clue in knowledge.label_clues.items():
        for wanted in clue.any_of:
            if wanted not in roles:
                yield Finding("mistake", f"label_clues.yml, {clue_id}", f"no family and no role is called {wanted}.")
        for type_id in clue.types:
            if type_id not in knowledge.product_types:
                yield Finding("mistake", f"label_clues.yml, {clue_id}", f"no product type is called {type_id}.")


def _unused(knowledge: Knowledge) -> Iterator[Finding]:
    """Entries that nothing else mentions."""
    cited = set(_sources(knowledge))
    for key, source in knowledge.sources.items():
        if key not in cited:
            yield Finding("notice", f"sources.yml, {key}", f"no statement rests on {source.publisher}; it can go.")
    paired = {side for pair in knowledge.pairs.values() for side in (pair.a, pair.b)}
    for condition_id in knowledge.conditions:
        if condition_id not in paired:
            yield Finding("notice", f"conditions.yml, {condition_id}", "no pair speaks of it; it can go.")


def _sources(knowledge: Knowledge) -> Iterator[str]:
    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in ("sources", "helps_sources") and isinstance(inner, list):
                    yield from inner
                else:
                    yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    for name in FILES:
        if name != "sources":
            for entry in getattr(knowledge, name).values():
                yield from walk(entry.dict())
