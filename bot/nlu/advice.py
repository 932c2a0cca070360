"""What a cross-validation tells the shop's owner: which examples to look at, and what to do about them, in plain words."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Sequence, Tuple

from bot.nlu.evaluation import Example, Judged, scores

THIN = 40
WEAK = 0.80
SURE_OF_OTHER = 0.85
HARDLY_OWN = 0.05
LEAST_CONFUSED = 6
SHOWN = 3


class Finding(NamedTuple):
    """A thing to look at: a sentence that says what and what to do, and the places with their texts."""

    sentence: str
    places: Tuple[str, ...]


def place(example: Example) -> str:
    """Where an example stands and what it says, for a person to find it."""
    return f'{example.path.parent.name}/{example.path.name}, line {example.line}: "{example.text}"'


def thin(found: Sequence[Example]) -> Iterator[Finding]:
    """Kinds of question with too few examples to be learnt."""
    for intent, count in sorted(Counter(example.intent for example in found).items()):
        if count < THIN:
            path = next(example.path for example in found if example.intent == intent)
            yield Finding(
                f"{intent} has only {count} examples. Add {THIN - count} more to {path.name}, as people really write them.", ()
            )


def weak(judged: Sequence[Judged]) -> Iterator[Finding]:
    """Kinds of question that are often taken for another."""
    for intent, score in scores(judged).items():
        if score.f1 < WEAK:
            missed = [one for one in judged if one.example.intent == intent and not one.right]
            other, times = Counter(one.guess for one in missed).most_common(1)[0] if missed else ("none", 0)
            yield Finding(
                f"{intent} is weak: {score.recall:.0%} of its examples are recognised, and {score.precision:.0%} of what is "
                f"taken for it is right. It is taken most often for {other} ({times} times). Decide where these belong, "
                "and write more examples that say clearly what they want.",
                tuple(place(one.example) for one in missed if one.guess == other)[:SHOWN],
            )


def confused(judged: Sequence[Judged]) -> Iterator[Finding]:
    """Pairs of kinds that are taken for each other, the worst first."""
    pairs: Dict[Tuple[str, str], List[Judged]] = defaultdict(list)
    for one in judged:
        if not one.right:
            first, second = sorted((one.example.intent, one.guess))
            pairs[first, second].append(one)
    for (first, second), found in sorted(pairs.items(), key=lambda item: -len(item[1])):
        if len(found) >= LEAST_CONFUSED:
            yield Finding(
                f"{first} and {second} are confused {len(found)} times. Move each example to the file it belongs to; if you "
                "cannot say which, the two may be one kind of question.",
                tuple(place(one.example) for one in found[:SHOWN]),
            )


def mislabelled(judged: Sequence[Judged]) -> Iterator[Finding]:
    """Examples that read like another kind of question than the file they stand in."""
    suspects = [one for one in judged if not one.right and one.confidence >= SURE_OF_OTHER and one.own <= HARDLY_OWN]
    for one in sorted(suspects, key=lambda one: -one.confidence):
        yield Finding(
            f"This example of {one.example.intent} reads like {one.guess}. Move it there, or say more clearly what it wants.",
            (place(one.example),),
        )


def doubled(found: Sequence[Example], pairs: Sequence[Tuple[int, int]]) -> Iterator[Finding]:
    """Examples that say almost the same: useless in one file, harmful in two.

    Args:
        found: the examples.
        pairs: see `bot.nlu.evaluation.alike`.
    """
    for one, other in sorted(pairs, key=lambda pair: found[pair[0]].intent == found[pair[1]].intent):
        first, second = found[one], found[other]
        if first.intent != second.intent:
            sentence = f"{first.intent} and {second.intent} hold almost the same example. Keep it in one of them."
        else:
            sentence = f"{first.intent} says this twice. One is enough."
        yield Finding(sentence, (place(first), place(second)))


def picture(judged: Sequence[Judged], path: Path) -> None:
    """Draws which intent was taken for which: a row for each intent, dark where many of its examples went."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    labels = sorted({one.example.intent for one in judged})
    number = {label: place for place, label in enumerate(labels)}
    shares = [[0.0] * len(labels) for _ in labels]
    totals = Counter(one.example.intent for one in judged)
    for one in judged:
        shares[number[one.example.intent]][number[one.guess]] += 1 / totals[one.example.intent]
    figure, axes = pyplot.subplots(figsize=(len(labels) * 0.22 + 4, len(labels) * 0.22 + 4))
    image = axes.imshow(shares, cmap="magma_r", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("understood as")
    axes.set_ylabel("example of")
    figure.colorbar(image, ax=axes, shrink=0.5, label="share of the intent's examples")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
