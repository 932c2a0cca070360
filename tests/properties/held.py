"""What each sort of person must not be told to use, written down by hand from the knowledge's sources, by names.

This is the oracle of the properties: it knows nothing of tags, guards or the gate, only which names may not stand in a sentence
that does not refuse, defer or compare.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping, Sequence

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge

VITAMIN_A = ("retinol", "retinal", "retinyl_palmitate", "retinyl_acetate", "hpr")
PRESCRIBED = ("tretinoin", "adapalene")
AHAS = ("glycolic_acid", "lactic_acid", "mandelic_acid", "malic_acid")
BHAS = ("salicylic_acid", "betaine_salicylate", "lha")
PHAS = ("gluconolactone", "lactobionic_acid")
ACIDS = (*AHAS, *BHAS, *PHAS)
STRONG = (*VITAMIN_A, *PRESCRIBED, *ACIDS, "ascorbic_acid", "azelaic_acid", "benzoyl_peroxide", "sulfur", "hydroquinone")
ROUGH = ("exfoliant",)

# By what is known of a person. An ingredient stands for its family where all of the family is held.
OF_PREGNANCY = (*VITAMIN_A, *PRESCRIBED, "hydroquinone", *BHAS)
OF_YOUTH = (*STRONG, *ROUGH)
OF_IRRITATED_SKIN = (*STRONG, *ROUGH, "fragrance")
OF_PROCEDURES = (*STRONG, *ROUGH)
OF_SAFETY: Mapping[str, Sequence[str]] = {
    "isotretinoin_oral": (*STRONG, *ROUGH, "papain"),
    "prescription_retinoid": (*VITAMIN_A, *ACIDS, "benzoyl_peroxide", *ROUGH),
    "skin_disease": (*STRONG, *ROUGH, "papain", "fragrance"),
    "bee_allergy": ("propolis", "honey", "royal_jelly"),
    "fish_allergy": ("pdrn", "hydrolyzed_collagen"),
    "aspirin_allergy": (*BHAS, "willow_bark"),
    "fragrance_allergy": ("fragrance", "linalool", "limonene", "lavender_oil", "tea_tree_oil"),
}
ADULT = 18
SHORTEST_PLURAL = 3


def held_by(knowledge: Knowledge, person: Profile) -> frozenset[str]:
    """Ids of ingredients, and the kind exfoliant, that this person must not be told to use."""
    found: list[str] = []
    if person.pregnant:
        found += OF_PREGNANCY
    if person.age is not None and person.age < ADULT:
        found += OF_YOUTH
    if person.irritated:
        found += OF_IRRITATED_SKIN
    if person.procedure:
        found += OF_PROCEDURES
    for one in person.safety:
        found += OF_SAFETY.get(one, ())
    for one in (*person.allergies, *person.avoids):
        found += knowledge.families[one].members if one in knowledge.families else [one]
    return frozenset(found)


class Names:
    """Finds in words the names of ingredients, families and the kind exfoliant; a longer name hides a shorter one in it."""

    def __init__(self, knowledge: Knowledge) -> None:
        entries: list[tuple[str, Sequence[str]]] = [(one, entry.wordings) for one, entry in knowledge.families.items()]
        entries += [(one, entry.wordings) for one, entry in knowledge.ingredients.items()]
        entries += [(one, knowledge.product_types[one].wordings) for one in ROUGH]
        self._ids = {tuple(words(text)): one for one, texts in entries for text in texts}
        self._ids |= {tuple(words(text)): "" for text in ("fatty acid", "amino acid", "oleic acid", "relative of azelaic acid", "form of vitamin c")}
        self._longest = max(map(len, self._ids))
        self._members = {one: frozenset(family.members) for one, family in knowledge.families.items()}

    def held(self, said: Sequence[str], held: frozenset[str]) -> list[str]:
        """The held things among these words: by their own names, or by that of a family all of whose members are held."""
        found, place = [], 0
        while place < len(said):
            size = next((size for size in range(self._longest, 0, -1) if tuple(said[place : place + size]) in self._ids), 0)
            one = self._ids.get(tuple(said[place : place + size]), "")
            if one and said[place + size : place + size + 1] != ["free"] and (one in held or self._members.get(one, {one}) <= held):
                found.append(one)
            place += size or 1
        return found


def words(text: str) -> list[str]:
    """The words of a text in lower case and the singular; what is neither letter nor digit parts them."""
    plain = "".join(letter if letter.isalnum() else " " for letter in text.lower().replace("'", "")).split()
    return [one.removesuffix("s") if len(one) > SHORTEST_PLURAL else one for one in plain]


def on_labels(knowledge: Knowledge, person: Profile) -> frozenset[str]:
    """The names on labels, in capitals, of what must not be in a product shown to this person. Perfume in a product that is mild
    otherwise is no ground to keep it from skin that is irritated alone."""
    held = held_by(knowledge, person)
    by_itself = held_by(knowledge, replace(person, irritated=False))
    ids = [one for one in held if one in knowledge.ingredients and (one != "fragrance" or one in by_itself)]
    return frozenset(knowledge.ingredients[one].inci.upper() for one in ids)
