"""`Meaning`: which of many narrow things a text says, and whether it says any of them, by what the sentence encoder makes of it.

Classes stand in groups, by their beginning ("topic:", "mood:"). Of each group a text says something where the network gives
the classes of the group together at least the limit that was learned, and it says the likeliest unless a second is as likely.
Other beginnings are for texts that say none of it: `NONE` for those that surely say none, `OTHER` for those that hardly do.
"""

from __future__ import annotations

import json
from concurrent.futures import Executor
from pathlib import Path
from typing import List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from bot.nlu.classifier.calibration import margin
from bot.nlu.classifier.committee import Committee, learned_by
from bot.nlu.classifier.described import Labels, Matrix
from bot.nlu.encoder import DIMENSIONS

NONE, OTHER = "none", "other"
_STRANGER = "stranger"
PARTS = ":"
# Examples held back in each of so many rounds, to learn the limits from.
HELD_BACK, ROUNDS = 1 / 4, 2
NETWORKS = 2
Numbers = npt.NDArray[np.float64]
Said = Tuple[str, float, bool]


class Limit(NamedTuple):
    """When a text says something of a group: how likely all its classes together must be at `least`, and when it is `certain`;
    and below which share of the first class the second must be (`margin`)."""

    least: float
    certain: float
    margin: float


class Shares(NamedTuple):
    """Shares of texts that say nothing of a group and may be taken for one of it: at all, and for certain."""

    let_in: float
    certain: float


class Meaning:
    """A learned reading of meanings."""

    def __init__(self, names: Sequence[str], networks: Committee, limits: Mapping[str, Limit]) -> None:
        """
        Args:
            names: the classes in the order of the network's outputs.
            networks: give each class a score.
            limits: by group.
        """
        self._names = list(names)
        self._networks = networks
        self._limits = dict(limits)
        groups = np.array([name.split(PARTS)[0] for name in self._names])
        self._places = {group: np.flatnonzero(groups == group) for group in self._limits}

    def guess(self, layers: Matrix, groups: Sequence[str] = ()) -> List[List[Said]]:
        """What texts say: of each text the class of each group (of these alone, where any are given) that it says something of, without
        the group's name, how likely it says anything of that group, and whether that is certain."""
        shares = _shares(self._networks, layers)
        return [[said for group in groups or self._limits for said in self._said(group, row)] for row in shares]

    def _said(self, group: str, row: Numbers) -> List[Said]:
        places, limit = self._places[group], self._limits[group]
        first, second = _greatest(row[places])
        together = float(row[places].sum())
        if together < limit.least or row[places][second] >= limit.margin * row[places][first]:
            return []
        return [(self._names[places[first]].split(PARTS)[1], together, together >= limit.certain)]

    def save(self, folder: Path) -> None:
        """Writes it into a folder that exists."""
        np.savez(folder / "meaning.npz", names=np.array(self._names), **self._networks.arrays())
        (folder / "limits.json").write_text(json.dumps(self._limits), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> Meaning:
        """Reads what `save` wrote; none of the formats can carry code."""
        with np.load(folder / "meaning.npz", allow_pickle=False) as stored:
            arrays = dict(stored)
        limits = json.loads((folder / "limits.json").read_text(encoding="utf-8"))
        names = [str(name) for name in arrays.pop("names")]
        return Meaning(names, Committee.restored(arrays), {group: Limit(*limit) for group, limit in limits.items()})


class Texts(NamedTuple):
    """Texts to learn from: what the encoder says of each, shape (texts, layers), and their classes."""

    layers: Matrix
    labels: Labels

    def at(self, rows: npt.NDArray[np.int64]) -> Texts:
        """Those rows alone."""
        return Texts(self.layers[rows], self.labels[rows])


def learned_from(texts: Texts, strangers: Matrix, groups: Sequence[str], shares: Shares, cores: Executor) -> Meaning:
    """Learns meanings, each round of the limits on a core of its own.

    Args:
        texts: examples of all classes.
        strangers: layers of further texts that say nothing of any group, to learn the limits from; without any, those of
            `NONE` that are held back.
        groups: the beginnings of the classes that are told from the others; a text of one is hardly taken for one of a later.
        shares: of such texts, and of those of groups before.
        cores: see `bot.nlu.classifier.cores`.
    """
    names = np.unique(texts.labels)
    whole = cores.submit(_networks, texts, names, ROUNDS)
    trials = [cores.submit(_trial, texts, strangers, names, seed) for seed in range(ROUNDS)]
    tried = [trial.result() for trial in trials]
    asked = _Trial(np.concatenate([one.labels for one in tried]), np.concatenate([one.shares for one in tried]))
    limits = {group: _limit(group, groups, names, asked, shares) for group in groups}
    return Meaning([str(name) for name in names], whole.result(), limits)


class _Trial(NamedTuple):
    """Texts that were not learned from: their classes, and how likely each class was taken for theirs."""

    labels: Labels
    shares: Numbers


def _trial(texts: Texts, strangers: Matrix, names: Labels, seed: int) -> _Trial:
    back = np.random.default_rng(seed).random(len(texts.labels)) < HELD_BACK
    networks = _networks(texts.at(np.flatnonzero(~back)), names, seed)
    asked = texts.at(np.flatnonzero(back))
    labels = np.concatenate([asked.labels, np.full(len(strangers), _STRANGER + PARTS)])
    return _Trial(labels, _shares(networks, np.vstack([asked.layers, strangers])))


def _limit(group: str, groups: Sequence[str], names: Labels, asked: _Trial, shares: Shares) -> Limit:
    own = asked.shares[:, _of(names, group)]
    together, ranked = own.sum(axis=1), np.sort(own, axis=1)
    of_group = _of(asked.labels, group)
    strangers = together[_of(asked.labels, _STRANGER)]
    strangers = strangers if len(strangers) else together[_of(asked.labels, NONE)]
    before = [together[_of(asked.labels, other)] for other in groups[: groups.index(group)]]
    least = max(_exceeded_by(shares.let_in, texts) for texts in (strangers, *before))
    first = names[_of(names, group)][own.argmax(axis=1)]
    right = (first == asked.labels)[of_group]
    tied = margin((ranked[:, -2] / ranked[:, -1])[of_group], right) if len(right) and own.shape[1] > 1 else 1.0
    return Limit(least, max(least, _exceeded_by(shares.certain, strangers)), tied)


def _of(labels: Labels, group: str) -> npt.NDArray[np.bool_]:
    """Which labels are of a group."""
    of_group: npt.NDArray[np.bool_] = np.char.startswith(labels.astype(str), group + PARTS)
    return of_group


def _exceeded_by(share: float, values: Numbers) -> float:
    """What this share of the values exceeds; a half where there are none."""
    return float(np.quantile(values, 1 - share)) if len(values) else 0.5


def _networks(texts: Texts, names: Labels, round_: int) -> Committee:
    blocks = [DIMENSIONS] * (texts.layers.shape[1] // DIMENSIONS)
    seeds = range(round_ * NETWORKS, (round_ + 1) * NETWORKS)
    return learned_by(seeds, texts.layers.astype(np.float32), np.searchsorted(names, texts.labels), len(names), blocks)


def _shares(networks: Committee, layers: Matrix) -> Numbers:
    shares: Numbers = softmax(networks.logits(layers.astype(np.float32)).astype(np.float64), axis=1)
    return shares


def _greatest(shares: Numbers) -> Tuple[int, int]:
    """The places of the two greatest."""
    order = np.argsort(-shares, kind="stable")
    return int(order[0]), int(order[min(1, len(order) - 1)])
