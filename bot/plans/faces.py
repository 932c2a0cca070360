"""The typefaces of a plan's picture: Manrope, and for the scripts of East Asia one that the system has."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Tuple

from PIL import ImageFont

Face = ImageFont.FreeTypeFont
# Where systems keep a face with Hangul, Han and kana, the regular and the bold one; the number is its place in the file, Korean first.
EASTERN: Tuple[Tuple[str, str, int], ...] = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 1),
    ("/usr/share/fonts/truetype/nanum/NanumGothic.ttf", "/usr/share/fonts/truetype/nanum/NanumGothicBold.ttf", 0),
    ("/System/Library/Fonts/AppleSDGothicNeo.ttc", "/System/Library/Fonts/AppleSDGothicNeo.ttc", 0),
)
LETTERS: Tuple[Tuple[int, int], ...] = ((0x1100, 0x11FF), (0x3000, 0x9FFF), (0xAC00, 0xD7AF), (0xFF00, 0xFFEF))


@lru_cache(maxsize=16)
def manrope(weight: str, pixels: int) -> Face:
    """Manrope (SIL Open Font License) in a weight ("Regular", "SemiBold", "Bold")."""
    return ImageFont.truetype(str(files("font_manrope") / "files" / f"Manrope-{weight}.ttf"), pixels)


def suited(text: str, face: Face) -> Face:
    """The face that a text is drawn in: one of the system for Hangul, Han and kana where it has one, else the same."""
    if not any(first <= ord(letter) <= last for letter in text for first, last in LETTERS):
        return face
    return _eastern(face.getname()[1] != "Regular", round(face.size)) or face


@lru_cache(maxsize=16)
def _eastern(bold: bool, pixels: int) -> Face | None:
    for regular, heavy, place in EASTERN:
        path = heavy if bold else regular
        if Path(path).is_file():
            return ImageFont.truetype(path, pixels, index=place)
    return None
