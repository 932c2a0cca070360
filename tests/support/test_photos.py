"""Reading labels off photos: by Tesseract where it is, and honestly where it is not."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.labels.parsing import parse
from bot.support.photos import PhotoReader
from tests.pictures import KOREAN, label_photo, photo

ENGLISH_LABEL = ("Ingredients: Water, Glycerin, Butylene Glycol,", "Niacinamide, Panthenol, 1,2-Hexanediol, Parfum")
KOREAN_LABEL = ("전성분: 정제수, 글리세린, 부틸렌글라이콜,", "나이아신아마이드, 판테놀, 병풀추출물, 향료")


@pytest.fixture
def reader() -> PhotoReader:
    """Tesseract; without it these tests are skipped, except in CI."""
    if shutil.which("tesseract") is None or not Path(KOREAN).is_file():
        missing = "no Tesseract or no Korean font here: run scripts/browser as root"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return PhotoReader("tesseract")


def test_english_and_korean_labels_are_read(reader: PhotoReader) -> None:
    assert reader.languages == ["eng", "kor"]
    assert parse(reader.text(label_photo(ENGLISH_LABEL))).names == (
        "Water", "Glycerin", "Butylene Glycol", "Niacinamide", "Panthenol", "1,2-Hexanediol", "Parfum",
    )  # fmt: skip
    names = parse(reader.text(label_photo(KOREAN_LABEL, turned=1.5))).names
    assert {"정제수", "글리세린", "판테놀", "나이아신아마이드"} <= set(names)
    assert reader.text(photo()) == ""


@pytest.mark.parametrize("command", ["", "no-such-program"])
def test_without_tesseract_nothing_is_read(command: str) -> None:
    reader = PhotoReader(command)
    assert reader.languages == () and reader.text(photo()) == ""


def test_what_fails_is_no_text(tmp_path: Path) -> None:
    script = tmp_path / "reader.py"
    script.write_text("import sys\nif '--list-langs' not in sys.argv: sys.exit(1)\nprint('eng')\n")
    reader = PhotoReader(f"{sys.executable} {script}")
    assert reader.languages == ["eng"] and reader.text(photo()) == ""
