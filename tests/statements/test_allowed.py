"""An owner changes what is harmless; whatever keeps people safe stays as it is, and no other words loosen what the gate holds by."""

from __future__ import annotations

import pytest

from bot.rules.statements import Statement, statements
from bot.statements.allowed import SAFE_KINDS, kept, refusals
from tests.knowledge import knowledge

MIST = "topics.difference_mist_toner.fact"
CERAMIDE = "pairs.retinoid_x_ceramide"


def of(address: str) -> Statement:
    """The statement at an address."""
    return next(one for one in statements(knowledge()) if one.address == address)


@pytest.mark.parametrize(("address", "why"), [
    ("situations.comedogenic_scores.fact", ""), ("situations.does_expensive_mean_better.fact", "sun protection"), (MIST, ""), (CERAMIDE, ""), ("ingredients.peppermint_oil.what", ""), ("product_types.essence.facts.time_of_day", ""),
    ("situations.acne_in_pregnancy.fact", "tells them|pregnan|safe"), ("situations.pale_patches_on_child_face.fact", "tells them|child|safe"), ("situations.sunburnt_lips.fact", "safe"),
    ("situations.pumps_of_sunscreen.fact", "sun protection"), ("situations.husband_refuses_routine.fact", "sun protection"), ("situations.cushion_puff_hygiene.fact", "harm"),
    ("situations.many_actives_in_one_bottle.fact", "strong|doctor|harm"), ("ingredients.retinol.facts.frequency", "strong|hold"), ("ingredients.retinol.facts.pregnancy", "safe"),
])
def test_what_may_be_changed(address: str, why: str) -> None:
    found = {one.address: one for one in statements(knowledge())}
    if address not in found:
        address = next(one for one in found if one.startswith(address.rsplit(".", 1)[0]) and found[one].kind in SAFE_KINDS)
    said = kept(knowledge(), found[address])
    assert (not said) if not why else any(part in said for part in why.split("|")), (address, said)


def test_nothing_of_safety_can_be_changed() -> None:
    data = knowledge()
    names = ("pregnan", "allerg", "doctor", "dermatologist", "children", " baby", "emergency", "patch test", "breastfeed")
    for one in statements(data):
        text = f" {' '.join(one.texts).lower()} "
        strict = one.file in ("safety", "practices", "guidelines", "shelf_life") or one.kind in SAFE_KINDS or any(name in text for name in names)
        strict = strict or (one.file == "pairs" and data.pairs[one.entry].verdict not in ("helpful", "fine")) or (one.file == "ingredients" and not one.field)
        assert kept(data, one) if strict else True, one.address


def test_much_is_the_owners_to_change() -> None:
    free = [one for one in statements(knowledge()) if not kept(knowledge(), one)]
    assert {one.file for one in free} >= {"situations", "topics", "pairs", "ingredients", "families", "product_types", "terms"} and len(free) > 500


@pytest.mark.parametrize(("address", "texts", "why"), [
    (MIST, ["Pat a toner on after washing; spray a mist whenever you like."], ""), (MIST, ["A mist cures dry skin."], "medical claim"), (MIST, [""], "empty"), (MIST, ["x" * 401], "longer"),
    (MIST, ["<b>Spray</b> it."], "markup"), (MIST, ["Spray on retinol."], "retinol, of which"), (MIST, ["Spray it 12 times."], "figure (“12”)"), (MIST, ["Spray it eleven times."], "figure (“eleven”)"),
    (MIST, ["Spray it for thirty minutes."], "figure (“thirty”)"), (MIST, ["Spray it thrice."], "figure (“thrice”)"), (MIST, ["Spray for a quarter hour."], "figure (“quarter”)"),
    (MIST, ["A mist calms eczema."], "eczema"), (MIST, ["a", "b"], "Give 1 texts"),
    (CERAMIDE, ["Ceramides round a retinoid cushion it."], ""), (CERAMIDE, ["This cushions it nicely."], "must go on naming"),
    ("topics.medical.fact", ["See nobody."], "can't be switched off or reworded"),
])
def test_words_in_the_place_of_others(address: str, texts: list[str], why: str) -> None:
    found = {one.address: one for one in statements(knowledge())}
    statement = found.get(address) or next(one for one in found.values() if one.kind == "medical")
    refused = refusals(knowledge(), statement, texts)
    assert any(why in one for one in refused) if why else not refused, refused
