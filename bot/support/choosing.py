"""Which variant of a product words wish for instead of the one that was ordered: values of options, steps along them, the price."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Dict, List, Mapping, NamedTuple, Sequence

from bot.support.gateway import Line
from bot.support.variants import Variant
from bot.understanding.requests import RequestWords
from bot.understanding.said import holds, plain, singular

NEAR = 2
FIRST_LETTERS = 4
YES, NO = "yes", "no"
CHEAP, DEAR = "cheap", "dear"
NOTS = ("not", "no", "non", "without", "isnt")


@dataclass(frozen=True)
class Wish:
    """What is wished for: values by option, those named first wanted most; a price; or the same variant anew."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    price: str = ""
    same: bool = False
    sku: str = ""

    @property
    def nothing(self) -> bool:
        """Whether nothing was said of a variant."""
        return not (self.values or self.price or self.same or self.sku)

    def joined(self, later: Wish) -> Wish:
        """The wish after more was said: of an option the later word counts."""
        return Wish({**self.values, **later.values}, later.price or self.price, later.same or self.same, later.sku or self.sku)


class Hit(NamedTuple):
    """A value found in words: its option, itself, from where to where, and how sure."""

    option: str
    value: str
    start: int
    end: int
    strength: int


def wish_in(words: Sequence[str], line: Line, variants: Sequence[Variant], reading: RequestWords) -> Wish:
    """What words wish for instead of a line.

    Args:
        words: what is said of the new variant.
        line: what was ordered.
        variants: all variants of its product.
        reading: the words by which wishes are told.
    """
    for one in variants:
        if one.sku and holds(words, plain(one.sku)) >= 0 and one.sku != line.sku:
            return Wish(sku=one.sku)
    options = _options(variants)
    counted, used = _counted(words, line, options)
    values = _values([word if place not in used else "" for place, word in enumerate(words)], options, reading)
    values.update({option: [value] for option, value in counted.items()})
    for option in _kept_same(words, options):
        values.setdefault(option, [line.options.get(option, "")])
    for option, value in _stepped(words, line, options, reading).items():
        values.setdefault(option, [value])
    price = CHEAP if reading.has(words, "cheaper") else DEAR if reading.has(words, "dearer") else ""
    same = not values and not price and reading.has(words, "same_thing")
    return Wish(values, price, same)


def chosen(line: Line, variants: Sequence[Variant], wish: Wish) -> List[Variant]:
    """The variants that can be had and fit a wish best; several where they fit alike, none where none fits.

    What is not spoken of stays as it was as far as it can; of values named as alternatives the first that there is counts.
    """
    if wish.sku:
        return [one for one in variants if one.sku == wish.sku and one.available]
    if wish.same:
        return []  # the same again is no other variant: what is wrong with it is told as that
    others = [one for one in variants if one.available and one.sku != line.sku]
    fitting = [one for one in others if all(one.options.get(option) in values for option, values in wish.values.items())]
    for option, values in wish.values.items():
        for value in values:
            first = [one for one in fitting if one.options.get(option) == value]
            if first:
                fitting = first
                break
    if wish.price and fitting:
        best = (min if wish.price == CHEAP else max)(one.price for one in fitting)
        return [one for one in fitting if one.price == best]
    kept = {one.sku: _kept(line, one, wish) for one in fitting}
    most = max(kept.values(), default=0)
    return [one for one in fitting if kept[one.sku] == most]


def difference(line: Line, variant: Variant) -> Decimal:
    """What a variant costs more than what was ordered, for one."""
    return variant.price - line.price


def _kept(line: Line, variant: Variant, wish: Wish) -> int:
    return sum(variant.options.get(option) == value for option, value in line.options.items() if option not in wish.values)


def _options(variants: Sequence[Variant]) -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {}
    for one in variants:
        for option, value in one.options.items():
            if value not in found.setdefault(option, []):
                found[option].append(value)
    return found


def _values(words: Sequence[str], options: Mapping[str, Sequence[str]], reading: RequestWords) -> Dict[str, List[str]]:
    """The values that words say, by option. The longest match counts; a word that two options have goes to the one whose name
    stands beside it."""
    told = [reading.unit(singular(word)) for word in words]
    passed = _passed(words, reading)
    hits = [hit for option, values in options.items() for value in values for hit in _hits(told, option, value, reading) if hit.start not in passed]
    hits.sort(key=lambda hit: (-(hit.end - hit.start), -_beside(told, hit), -hit.strength, hit.start))
    taken: Dict[int, str] = {}
    found: Dict[str, List[Hit]] = {}
    for hit in hits:
        span = range(hit.start, hit.end)
        if any(place in taken for place in span) or (hit.start and (told[hit.start - 1] == "too" or (told[hit.start - 1] in NOTS and hit.value not in (NO, "none")))):
            continue
        taken.update(dict.fromkeys(span, hit.option))
        found.setdefault(hit.option, []).append(hit)
    return {option: list(dict.fromkeys(hit.value for hit in sorted(those, key=lambda hit: hit.start))) for option, those in found.items()}


def _passed(words: Sequence[str], reading: RequestWords) -> set[int]:
    """Places of what is spoken of as that which is not wanted: "instead of Apple", "i5 over i7" names the second last."""
    passed: set[int] = set()
    for phrase in (("instead", "of"), ("rather", "than"), ("than",), ("from",)):
        place = holds(words, phrase)
        while place >= 0:
            end = next((at for at in range(place + len(phrase), len(words)) if words[at] in ("to", "and", "but", "for", "with")), len(words))
            passed |= set(range(place, min(end, place + len(phrase) + 3)))
            place = holds(words, phrase, place + 1)
    return passed


def _hits(told: Sequence[str], option: str, value: str, reading: RequestWords) -> List[Hit]:
    own = [reading.unit(singular(word)) for word in plain(value)]
    name = [singular(word) for word in plain(option)]
    if value in (YES, NO):
        return _yes_or_no(told, option, value, name)
    found: List[Hit] = []
    for strength, phrase in ((3, own), *((2, [singular(one) for one in other]) for other in reading.synonyms(value))):
        place = holds(told, phrase)
        while place >= 0 and phrase:
            hit = Hit(option, value, place, place + len(phrase), strength)
            bare = len(phrase) == 1 and (phrase[0].replace(".", "").isdecimal() or value.lower() == "none")
            if not bare or _beside(told, hit):
                found.append(hit)
            place = holds(told, phrase, place + 1)
    joined = "".join(own)
    for place, word in enumerate(told):
        prefix = len(word) >= FIRST_LETTERS and (joined.startswith(word) or word == joined) and not any(hit.start == place for hit in found)
        number = len(own) > 1 and own[0].replace(".", "").isdecimal() and word == own[0] and place + 1 < len(told) and told[place + 1][:2] == own[1][:2]
        if number and not any(hit.start == place for hit in found):
            found.append(Hit(option, value, place, place + 2, 2))
        elif prefix:
            found.append(Hit(option, value, place, place + 1, 1))
    return found


def _yes_or_no(told: Sequence[str], option: str, value: str, name: Sequence[str]) -> List[Hit]:
    """An option that is there or not: "waterproof", "not waterproof"."""
    roots = {word[:6] for word in name}
    place = holds(told, name)
    if place < 0:
        starts = [at for at, word in enumerate(told) if len(word) >= 6 and word[:6] in roots]
        place = starts[-1] if starts else -1
    if place < 0:
        return []
    around = told[max(0, place - 3) : place]
    denied = any(word in NOTS for word in around) or told[place + len(name) : place + len(name) + 1] == ["no"]
    return [Hit(option, value, place, place + len(name), 3)] if denied == (value == NO) else []


def _beside(told: Sequence[str], hit: Hit) -> bool:
    """Whether a word of the option's name stands beside the value."""
    name = {singular(word)[:4] for word in plain(hit.option)}
    around = [*told[max(0, hit.start - NEAR) : hit.start], *told[hit.end : hit.end + NEAR]]
    return any(word[:4] in name for word in around)


def _stepped(words: Sequence[str], line: Line, options: Mapping[str, Sequence[str]], reading: RequestWords) -> Dict[str, str]:
    """Values a step up or down from what was ordered: "bigger", "one size smaller", "the most storage"."""
    found: Dict[str, str] = {}
    told = [singular(word) for word in words]
    steps = [(plain(str(word)), step) for step in reading.steps for word in step["words"]]
    taken: set[int] = set()
    for phrase, step in sorted(steps, key=lambda one: -len(one[0])):
        place = holds(words, phrase)
        if place < 0 or place in taken:
            continue
        taken |= set(range(place, place + len(phrase)))
        named = [option for option in options if any(word[:5] in {each[:5] for each in told[place : place + 5]} for word in map(singular, plain(option)))]
        fits = [option for word in step["of"] for option in options if word in option]
        for option in [*named, *fits]:
            row = ordered(options[option], reading)
            if line.options.get(option) in row:
                at = min(max(row.index(line.options[option]) + int(step["by"]), 0), len(row) - 1)
                found.setdefault(option, row[at])
                break
    return found


def _kept_same(words: Sequence[str], options: Mapping[str, Sequence[str]]) -> List[str]:
    """The options that shall stay as they are: "with the same material and color"."""
    told = [singular(word) for word in words]
    found: List[str] = []
    for place, word in enumerate(told):
        if word != "same":
            continue
        behind = told[place + 1 : place + 6]
        end = next((at for at, one in enumerate(behind) if one in ("except", "but", "apart")), len(behind))
        behind = behind[:end]  # "the same, except for the zoom"
        found += [option for option in options if behind and all(singular(one) in behind for one in plain(option))]
    return list(dict.fromkeys(found))


def _counted(words: Sequence[str], line: Line, options: Mapping[str, Sequence[str]]) -> tuple[Dict[str, str], set[int]]:
    """Values so many more or less than what was ordered ("500 pieces less", "1000 more pieces"), and the places of their words."""
    found: Dict[str, str] = {}
    used: set[int] = set()
    for place, word in enumerate(words):
        behind = list(words[place + 1 : place + 3])
        way = next((1 if one == "more" else -1 for one in behind if one in ("more", "less", "fewer")), 0)
        if not way or not word.isdecimal():
            continue
        for option, values in options.items():
            now = _number(line.options.get(option, ""))
            wanted = next((value for value in values if now is not None and _number(value) == now + way * int(word)), "")
            if wanted:
                found[option] = wanted
                used |= set(range(place, place + 3))
    return found, used


def ordered(values: Sequence[str], reading: RequestWords) -> List[str]:
    """Values from the least to the most, none where they have no order."""
    for scale in reading.scales:
        if all(value.lower() in scale for value in values):
            return sorted(values, key=lambda value: scale.index(value.lower()))
    numbers = [(_number(value), value) for value in values]
    return [value for _, value in sorted(numbers)] if all(number is not None for number, _ in numbers) else []


def _number(value: str) -> float | None:
    first = next(iter(plain(value)), "")
    try:
        number = float(first)
    except ValueError:
        return None
    return number * 1024 if "tb" in value.lower() else number
