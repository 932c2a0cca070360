"""Pictures for tests: a photo as a phone makes it, and files that are not what they say."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any, Sequence

from PIL import Image, ImageDraw, ImageFont

SECRET = b"37.5665 N 126.9780 E"
"""Stands in all that a photo of these carries beside its pixels."""


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", turned: int = 1, **more: Any) -> bytes:
    """A picture, its left half red and its right half blue, with a place in its metadata."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, SECRET.decode()
    out = BytesIO()
    beside = {"comment": SECRET} if kind in ("JPEG", "GIF") else {}
    image.save(out, kind, exif=exif, **beside, **more)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose header promises this size and whose data are a few bytes."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


KOREAN = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
"""A font with Latin and Korean letters, which scripts/browser installs."""


def label_photo(lines: Sequence[str], turned: float = 0, font: str = KOREAN) -> bytes:
    """A photo of a label with these lines, a little askew where `turned`."""
    letters, paper = ImageFont.truetype(font, 22), "#f3efe6"
    image = Image.new("RGB", (760, 60 + 34 * len(lines)), paper)
    draw = ImageDraw.Draw(image)
    for place, text in enumerate(lines):
        draw.text((30, 30 + 34 * place), text, font=letters, fill="#2b2b2b")
    out = BytesIO()
    image.rotate(turned, expand=True, fillcolor=paper).save(out, "JPEG", quality=85)
    return out.getvalue()
