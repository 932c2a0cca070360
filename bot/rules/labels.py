"""What a label tells a person: what it is likely to be, what matters on it, and what to be careful about."""

from __future__ import annotations

from typing import Iterable, Sequence

from bot.rules.advice import Advice, FollowUp, Line, Profile, line_of, merge
from bot.rules.facts import topic
from bot.rules.knowledge import Knowledge
from bot.rules.label_warnings import status_to_tell, warnings
from bot.rules.labelling import Place, Reading
from bot.rules.names import listed, several
from bot.rules.safety import is_strong
from bot.rules.schema import Ingredient, Verdict

MOST_ACTIVES = 4
MOST_CONCERNS = 3
MOST_NAMES = 5
UV_FILTERS = frozenset({"sunscreen_mineral", "sunscreen_organic"})
BEST_FIRST = ("regulator", "medical", "evidence", "editorial", "brand", "article", "dataset", "unsourced")


def about_label(knowledge: Knowledge, reading: Reading, profile: Profile, types: Sequence[str] = ()) -> Advice:
    """What to say of a label.

    Args:
        reading: the label as `LabelReader` read it.
        profile: the person it is for; what they are allergic to, avoid or use already is looked for.
        types: product types that the person called it by, so that none need be guessed.

    Returns:
        Advice whose lines are short; what is not urgent is in `more`. Its verdict is None unless something speaks
        against using it; a label alone never makes it a yes.
    """
    key = key_ingredients(knowledge, reading)
    guess, guess_sources = _guess(knowledge, reading, types)
    actives, active_sources = _actives(knowledge, reading, key)
    found = warnings(knowledge, _ids(reading), profile, [place.entry.name for place in reading.places])
    cautions = [warning.line for warning in found]
    if profile.pregnant and not any(line.key.startswith("label_pregnancy") for line in cautions):
        cautions.append(Line(key="label_pregnancy_nothing"))
    irritants, irritant_sources = _irritants(knowledge, reading)
    note, note_sources = ([], ()) if profile.pregnant else _pregnancy_note(knowledge, _ids(reading))
    verdict = found[0].verdict if found else Verdict.CAREFUL if irritants and profile.sensitive else None
    return Advice(
        verdict=verdict,
        lines=(guess, *actives, *_line_of(reading), *irritants, *note),
        cautions=tuple(cautions),
        more=tuple(_more(knowledge, reading)),
        sources=_best_first(
            knowledge, merge(*(warning.sources for warning in found), note_sources, active_sources, irritant_sources, guess_sources)
        ),
        follow_ups=(FollowUp("show_more", ()), FollowUp("source", ())),
    )


def key_ingredients(knowledge: Knowledge, reading: Reading) -> list[Place]:
    """What the product is likely bought for: strong actives first, then what helps with something, in label order."""
    found: dict[str, Place] = {}
    for place in reading.ingredients:
        one = knowledge.ingredients[place.ingredient or ""]
        plain = one.plain or place.allergen or _irritates(knowledge, one)
        if not plain and (one.helps or one.family in UV_FILTERS or is_strong(knowledge, place.ingredient or "")):
            found.setdefault(one.family, place)
    ranked = sorted(found.values(), key=lambda place: (not is_strong(knowledge, place.ingredient or ""), place.number))
    return ranked[:MOST_ACTIVES]


def _guess(knowledge: Knowledge, reading: Reading, types: Sequence[str]) -> tuple[Line, tuple[str, ...]]:
    if types:
        params = {"guess": several(knowledge, types), "count": str(len(reading.places))}
        return Line(key="label_called", params=params, mentions=tuple(types)), ()
    if reading.clue is None:
        return Line(key="label_unclear"), ()
    clue = knowledge.label_clues[reading.clue]
    return Line(key="label_likely", params={"guess": clue.name, "reason": clue.reason}), tuple(clue.sources)


def _actives(knowledge: Knowledge, reading: Reading, key: Sequence[Place]) -> tuple[list[Line], tuple[str, ...]]:
    lines: list[Line] = []
    sources: list[str] = []
    for place in key:
        one = knowledge.ingredients[place.ingredient or ""]
        ids = (place.ingredient or "",)
        params = {"subject": one.name, "place": str(place.number), "percent": f"{place.entry.percent or 0:g}"}
        where = "printed" if place.entry.percent else "low" if reading.below_line(place) else "high" if reading.line else "place"
        if one.family in UV_FILTERS:
            key_of = "label_active_filter_printed" if place.entry.percent else "label_active_filter"
            lines.append(Line(key=key_of, params=params, mentions=ids))
        elif one.helps:
            params["concerns"] = several(knowledge, one.helps[:MOST_CONCERNS])
            lines.append(Line(key=f"label_active_{where}", params=params, mentions=ids))
        else:
            lines.append(Line(key="label_active_strong", params=params, mentions=ids))
        sources.extend((*one.helps_sources[:1], *one.sources[:1]))
    return lines, merge(sources)


def _line_of(reading: Reading) -> list[Line]:
    """Where the 1 % line lies, if the label shows it and something stands behind it."""
    if any(place.entry.section == "active" for place in reading.places):
        return [Line(key="label_drug")]
    if reading.line is None:
        return []
    marker = reading.places[reading.line - 1]
    return [Line(key="label_line", params={"marker": marker.entry.name, "place": str(marker.number)})]


def _irritants(knowledge: Knowledge, reading: Reading) -> tuple[list[Line], tuple[str, ...]]:
    """What on the label may irritate, in one line, and who says so."""
    names: list[str] = []
    ids: list[str] = []
    sources: list[str] = []
    for place in reading.places:
        one = knowledge.ingredients.get(place.ingredient or "")
        known = knowledge.label_names.get(place.label_name or "")
        if place.allergen and not (known and known.role == "preservative"):
            names.append(knowledge.allergens[place.allergen].name)
            sources.extend(knowledge.allergens[place.allergen].sources)
        elif one and _irritates(knowledge, one):
            names.append(one.name)
            ids.append(place.ingredient or "")
            sources.extend(one.sources[:1])
        elif known and known.caution:
            names.append(f"{place.entry.name} ({known.caution})")
            sources.extend(known.sources)
    if not names:
        return [], ()
    shown, rest = list(dict.fromkeys(names)), len(set(names)) - MOST_NAMES
    params = {"names": listed(shown[:MOST_NAMES]), "count": str(rest)}
    key = "label_irritants_more" if rest > 0 else "label_irritants"
    return [Line(key=key, params=params, mentions=merge(ids))], merge(sources)


def _pregnancy_note(knowledge: Knowledge, ids: Sequence[str]) -> tuple[list[Line], tuple[str, ...]]:
    """What nobody pregnant should use, said to everybody: who reads a label may read it for somebody else."""
    avoided = {one: keys for one in ids for status, keys in [status_to_tell(knowledge, one)] if status == "avoid"}
    if not avoided:
        return [], ()
    ids = tuple(avoided)
    line = Line(key="label_pregnancy_note", params={"names": several(knowledge, ids)}, mentions=ids)
    return [line], merge(*avoided.values())


def _more(knowledge: Knowledge, reading: Reading) -> Iterable[Line]:
    """What is said on request: allergens, cautions, unknown names."""
    ids = _ids(reading)
    allergens = [knowledge.allergens[place.allergen].name for place in reading.places if place.allergen]
    if allergens:
        yield Line(key="label_allergens", params={"names": listed(list(dict.fromkeys(allergens)))})
    for one in ids:
        ingredient = knowledge.ingredients[one]
        if ingredient.cautions and (is_strong(knowledge, one) or _irritates(knowledge, ingredient)):
            yield line_of(knowledge, ingredient.cautions[0])
    others = [place.entry.name for place in reading.places if not place.known]
    if others:
        count, total = str(len(others)), str(len(reading.places))
        yield Line(key="label_unknown_names", params={"count": count, "total": total, "names": listed(others[:MOST_NAMES])})
    yield Line(key="label_order")


def comedogenic(knowledge: Knowledge) -> Line | None:
    """What is said of comedogenic ratings, which no reading of a label uses."""
    fact = topic(knowledge, "comedogenic", [])
    return line_of(knowledge, fact.say) if fact else None


def _best_first(knowledge: Knowledge, keys: Sequence[str]) -> tuple[str, ...]:
    """Sources of a reply that rests on many, the most trusted first."""
    return tuple(sorted(keys, key=lambda key: BEST_FIRST.index(knowledge.sources[key].kind)))


def _ids(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.ingredient for place in reading.places if place.ingredient))


def _irritates(knowledge: Knowledge, ingredient: Ingredient) -> bool:
    family = knowledge.families.get(ingredient.family)
    return family is not None and family.irritant
