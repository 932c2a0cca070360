"""The questions that lessons are held against are of every kind, and their meanings are looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.paths import DATA
from bot.teaching import kept as module
from bot.teaching.kept import CACHE, SAFETY, kept_questions
from bot.understanding.frame import kind_of_intent


class Encoder:
    """Gives each text a vector of its own, and counts."""

    calls = 0

    def __call__(self, texts: Sequence[str]) -> Any:
        self.calls += 1
        return np.random.default_rng(1).normal(size=(len(texts), 384)).astype(np.float32)


def test_every_kind_of_question_is_among_them(tmp_path: Path) -> None:
    found = kept_questions(tmp_path, Encoder())
    kinds = {kind_of_intent(path.stem) for path in (DATA / "nlu").glob("*.yml")}
    assert kinds <= set(found.kinds) and {"gift_cards", "situation"} <= set(found.kinds)
    assert {kind for kind, safe in zip(found.kinds, found.safety) if safe} >= SAFETY & kinds
    assert 5_000 < len(found.texts) < 20_000 and len(set(found.texts)) > 0.9 * len(found.texts)
    assert not [text for text in found.texts if "](" in text or "]{" in text]
    assert found.vectors.shape == (len(found.texts), 384) and np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-3)


def test_they_are_looked_up_once(tmp_path: Path) -> None:
    encoder = Encoder()
    first = kept_questions(tmp_path, encoder)
    module._kept.cache_clear()
    again = kept_questions(tmp_path, encoder)
    assert encoder.calls == 1 and list(again.texts) == list(first.texts) and np.allclose(again.vectors, first.vectors, atol=0.02)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"x" * 1000])
def test_a_broken_file_is_made_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CACHE).write_bytes(content)
    encoder = Encoder()
    kept_questions(tmp_path, encoder)
    assert encoder.calls == 1


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "models").write_text("no folder", encoding="utf-8")
    encoder = Encoder()
    for _ in range(2):
        assert len(kept_questions(tmp_path / "models", encoder).texts) > 5_000
    assert encoder.calls == 1 and caplog.text.count("cannot be written") == 1
