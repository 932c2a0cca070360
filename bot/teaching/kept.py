"""The questions that the assistant is known to read rightly, with their meanings: what a lesson may not take away from it."""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import yaml

from bot.home.fresh import Stamp, stamp_of
from bot.nlu.meanings import encoder_name
from bot.paths import DATA, ROOT
from bot.rules.situations import SITUATION
from bot.understanding import situations, topics
from bot.understanding.frame import kind_of_intent

Matrix = npt.NDArray[Any]
Encode = Callable[[Sequence[str]], Matrix]
CACHE = "kept_questions.npz"
OF_A_KIND, OF_A_SITUATION, OF_AN_EMERGENCY = 60, 4, 16
"""So many examples of a kind of question, of a situation and of a red flag are kept at most: more only take longer."""
STEPS = 127
LOOKED_AGAIN_S = 60.0
TALKS = ROOT / "tests" / "dialogue" / "conversations"
SAFETY_TALKS = ("red_flags", "safety")
SAFETY_SITUATIONS = ("family", "life", "reactions", "treatments")
SAFETY = frozenset({
    "allergic_or_irritated", "allergy", "calming", "irritation", "medical", "patch_test", "pregnancy", "pregnancy_used", "purging", "reaction",
    "report_reaction", "side_effects",
})
"""Kinds of question whose answers keep people safe."""

_ALONE = Lock()
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """Kept questions.

    Attributes:
        texts: how they are asked.
        kinds: the kind of each, or the name of its topic; empty where only its conversation says.
        safety: of each whether its answer keeps people safe.
        vectors: their meanings, a unit vector a row.
        digest: changes when they do.
    """

    texts: Sequence[str]
    kinds: Sequence[str]
    safety: Matrix
    vectors: Matrix
    digest: str


def kept_questions(folder: Path, encode: Encode) -> Kept:
    """The kept questions: examples of every kind of question, topic and situation, and the messages of the tested conversations where the
    project's tests are there. Their meanings take seconds the first time and are kept in `folder`.

    Args:
        folder: where they are kept.
        encode: gives the meanings of texts.
    """
    with _ALONE:  # who comes second waits for what the first one looks up
        return _kept(folder, encode, kept_digest())


def kept_digest() -> str:
    """Changes when the kept questions do, or what gives their meanings."""
    return _digest_in(int(monotonic() // LOOKED_AGAIN_S))


@lru_cache(maxsize=1)
def _digest_in(_: int) -> str:
    """The digest in a stretch of time: every message asks for it, and files seldom change."""
    return _digest(stamp_of(_files()), encoder_name())


@lru_cache(maxsize=1)
def _kept(folder: Path, encode: Encode, digest: str) -> Kept:
    path = folder / CACHE
    known = _read(path, digest)
    if known is not None:
        return known
    found = list(dict.fromkeys(_questions()))
    texts, kinds, safety = [one[0] for one in found], [one[1] for one in found], np.array([one[2] for one in found])
    vectors = unit(encode(texts))
    _write(path, Kept(texts, kinds, safety, vectors, digest))
    return Kept(texts, kinds, safety, vectors, digest)


def _write(path: Path, found: Kept) -> None:
    """Keeps them for the next process; where that is not possible the log says so, and each process looks them up itself."""
    written = np.frombuffer(json.dumps({"texts": found.texts, "kinds": found.kinds, "digest": found.digest}).encode(), dtype=np.uint8)
    most = np.abs(found.vectors).max(axis=1, keepdims=True)
    part = path.with_name(f".{uuid4().hex}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, written=written, safety=found.safety, vectors=np.rint(found.vectors / most * STEPS).astype(np.int8))
        part.replace(path)
    except OSError as error:
        logger.error("the meanings of the kept questions cannot be written and are looked up anew by every process: %s", error)
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _read(path: Path, digest: str) -> Kept | None:
    """What is kept in a file; None where it is of other questions, or broken."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            written = json.loads(stored["written"].tobytes())
            if written["digest"] == digest:
                return Kept(written["texts"], written["kinds"], stored["safety"], unit(stored["vectors"]), digest)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
        return None
    return None


def unit(rows: Matrix) -> Matrix:
    """The rows as vectors of length 1."""
    vectors = rows.astype(np.float32)
    found: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return found


def _files() -> list[Path]:
    folders = (DATA / "nlu", topics.FOLDER, situations.FOLDER, TALKS)
    return [path for folder in folders for path in sorted(folder.glob("*.yml"))]


@lru_cache(maxsize=1)
def _digest(_: Stamp, encoder: str) -> str:
    """Of the files as they are at this moment."""
    said = hashlib.sha256(f"{encoder} {OF_A_KIND} {OF_A_SITUATION} {OF_AN_EMERGENCY} {sorted(SAFETY)} {SAFETY_SITUATIONS}".encode())
    for path in _files():
        said.update(path.read_bytes())
    return said.hexdigest()


def _questions() -> Iterator[tuple[str, str, bool]]:
    """Each with its kind and whether its answer keeps people safe."""
    for path in sorted((DATA / "nlu").glob("*.yml")):
        kind = kind_of_intent(path.stem)
        examples = [text for group in _yaml(path).get("nlu", ()) for text in _examples(str(group.get("examples", "")))]
        yield from ((text, kind, kind in SAFETY) for text in _some(examples, OF_A_KIND))
    for name, topic in topics.pack()[0].items():
        yield from ((text, name, False) for text in topic.examples)
    for path in sorted(situations.FOLDER.glob("[!_]*.yml")):
        most, safe = (OF_AN_EMERGENCY, True) if path.name == situations.EMERGENCIES else (OF_A_SITUATION, path.stem in SAFETY_SITUATIONS)
        yield from ((text, SITUATION, safe) for texts in _yaml(path).values() for text in _some(texts, most))
    for path in sorted(TALKS.glob("*.yml")):
        safe = path.stem in SAFETY_TALKS
        yield from ((text, "", safe) for talk in _yaml(path).values() for text in _said(talk))


def _some(texts: Sequence[str], most: int) -> Sequence[str]:
    """At most so many of the texts, from all over the list; always the same."""
    return texts[:: max(1, len(texts) // most)][:most]


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}


def _examples(block: str) -> Iterator[str]:
    """The examples of Rasa's list, without its marks for subjects: "[vitamin c](ingredient)" is "vitamin c"."""
    for line in block.splitlines():
        text = line.strip().removeprefix("-").strip()
        if text:
            yield _unmarked(text)


def _unmarked(text: str) -> str:
    """The text without Rasa's marks; what stands in square brackets stays."""
    out, place = "", 0
    while place < len(text):
        end = text.find("]", place)
        opens = {"(": ")", "{": "}"}.get(text[end + 1 : end + 2]) if text[place] == "[" and end > place else None
        if opens is None:
            out, place = out + text[place], place + 1
            continue
        out += text[place + 1 : end]
        place = text.find(opens, end) + 1 or len(text)
    return out


def _said(talk: Any) -> Iterator[str]:
    for turn in talk if isinstance(talk, list) else ():
        text = turn.get("user") if isinstance(turn, dict) else None
        if isinstance(text, str) and len(text.split()) > 1:
            yield text
