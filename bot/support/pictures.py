"""Takes a picture that a customer sent, or the shop's own: checks what it is, has it scanned, and makes it anew, so that nothing of the file itself and
nothing that it tells beside the picture (place, device, time) is kept."""

from __future__ import annotations

import logging
import shlex
import subprocess
import warnings
from collections.abc import Callable, Sequence
from enum import Enum
from io import BytesIO
from threading import Lock
from typing import Any, TypeVar

from PIL import Image, ImageOps

from bot.store.database import Database
from bot.store.pictures import PictureStore, TooManyPictures

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
OWN_FORMATS = ("JPEG", "PNG", "WEBP")
"""Of pictures that are the shop's own."""
KIND = "image/jpeg"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS, MOST_IN_FULL = 50_000_000, 4_000_000
LONGEST_EDGE, LEAST_EDGE = 2048, 8
QUALITY = 85
SCAN_WITHIN_S = 30.0
CLEAN, FOUND = 0, 1
"""How a scanner ends: nothing found, something found. Anything else is a scan that failed."""
_DECODING = Lock()
"""One picture is decoded at a time: a large one takes hundreds of megabytes for a moment."""


class Refusal(Enum):
    """Why a picture is not taken; the value names the wording that tells so."""

    TOO_LARGE = "picture_too_large"
    NO_PICTURE = "picture_unreadable"
    TOO_MANY = "picture_too_many"
    HARMFUL = "picture_harmful"
    NOT_SCANNED = "picture_not_scanned"


class NotTaken(Exception):
    """A picture is not taken.

    Attributes:
        why: the reason.
    """

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


class Pictures:
    """Takes pictures into a shop's database. Calls block: keep them off an event loop."""

    def __init__(self, database: Database, scanner: str = "") -> None:
        """
        Args:
            database: the shop's database.
            scanner: a command that is given each file as its input and ends with 0 for a clean one and 1 for a harmful one; empty
                for none.
        """
        self.store = PictureStore(database)
        self._scanner = shlex.split(scanner)

    def take(self, conversation: str, key: str, raw: bytes) -> str:
        """Keeps a picture as it is made anew, once for each key; gives its name.

        Raises:
            NotTaken: it is none, or may not be kept.
            StoreError: the database gives no answer.
        """
        if len(raw) > MOST_BYTES:
            raise NotTaken(Refusal.TOO_LARGE)
        scan(raw, self._scanner)
        content, size = made_anew(raw)
        try:
            return self.store.keep(conversation, key, content, KIND, size)
        except TooManyPictures:
            raise NotTaken(Refusal.TOO_MANY) from None


def scan(raw: bytes, scanner: Sequence[str]) -> None:
    """Has a file scanned, where there is a scanner.

    Raises:
        NotTaken: something was found, or the scanner did not say.
    """
    if not scanner:
        return
    try:
        ended = subprocess.run(scanner, input=raw, capture_output=True, timeout=SCAN_WITHIN_S, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        logger.error("ATTACHMENT_SCANNER could not be run: %s", type(error).__name__)
        raise NotTaken(Refusal.NOT_SCANNED) from error
    if ended.returncode == FOUND:
        logger.warning("ATTACHMENT_SCANNER refused a picture")
        raise NotTaken(Refusal.HARMFUL)
    if ended.returncode != CLEAN:
        logger.error("ATTACHMENT_SCANNER ended with %s", ended.returncode)
        raise NotTaken(Refusal.NOT_SCANNED)


def made_anew(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture of a file as a JPEG of its own, upright, of at most `LONGEST_EDGE`, without anything beside it; and its size.

    Raises:
        NotTaken: it is no picture of a kind that is taken, broken, or has too many pixels.
    """

    def make() -> tuple[bytes, tuple[int, int]]:
        plain = _on_white(_upright(raw, FORMATS, LONGEST_EDGE)[0])
        return _bare(plain, "JPEG"), plain.size

    return _safely(make)


def made_anew_clear(raw: bytes, longest: int = LONGEST_EDGE) -> tuple[bytes, str]:
    """As `made_anew`, for a shop's own picture: of at most `longest`, and what is a PNG or shines through becomes a PNG; with its media type.

    Raises:
        NotTaken: it is none of `OWN_FORMATS`, broken, or has too many pixels.
    """

    def make() -> tuple[bytes, str]:
        image, kind = _upright(raw, OWN_FORMATS, longest)
        if _shines_through(image):
            return _bare(image.convert("RGBA"), "PNG"), "image/png"
        return _bare(image.convert("RGB"), "PNG" if kind == "PNG" else "JPEG"), "image/png" if kind == "PNG" else KIND

    return _safely(make)


def _safely(make: Callable[[], Made]) -> Made:
    try:
        with _DECODING, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the bound below is lower
            return make()
    except NotTaken:
        raise
    except Image.DecompressionBombError as error:
        raise NotTaken(Refusal.TOO_LARGE) from error
    except Exception as error:  # noqa: BLE001 - decoders raise whatever a broken file leads them to
        logger.info("a file is no picture that can be read: %s", type(error).__name__)
        raise NotTaken(Refusal.NO_PICTURE) from error


def _upright(raw: bytes, formats: tuple[str, ...], longest: int) -> tuple[Image.Image, str]:
    with Image.open(BytesIO(raw), formats=formats) as found:
        width, height = found.size
        if width * height > MOST_PIXELS:
            raise NotTaken(Refusal.TOO_LARGE)
        if min(width, height) < LEAST_EDGE:
            raise NotTaken(Refusal.NO_PICTURE)
        found.draft("RGB", (longest, longest))  # a JPEG is then decoded at a fraction of its size
        found.load()
        # What is painted from a palette is only made smaller well in full colour; smaller first where it is large: turning and flattening copy it.
        in_full = found.mode == "P" and width * height <= MOST_IN_FULL
        image = found.convert("RGBA" if "transparency" in found.info else "RGB") if in_full else found
        image.thumbnail((longest, longest))
        return ImageOps.exif_transpose(image), found.format or ""


def _bare(image: Image.Image, kind: str) -> bytes:
    """A picture of the bare pixels: what the file carried beside them (EXIF, XMP, profile, comment) has no way into it."""
    out = BytesIO()
    chosen: dict[str, Any] = {"quality": QUALITY, "optimize": True} if kind == "JPEG" else {}
    Image.frombytes(image.mode, image.size, image.tobytes()).save(out, kind, **chosen)
    return out.getvalue()


def _shines_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _on_white(image: Image.Image) -> Image.Image:
    if _shines_through(image):
        shown = image.convert("RGBA")
        flat = Image.new("RGB", shown.size, "white")
        flat.paste(shown, mask=shown.getchannel("A"))
        return flat
    return image.convert("RGB")
