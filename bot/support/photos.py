"""Reads the letters on a photo of a label by Tesseract, where the owner has installed it: English, and Korean where its data is there."""

from __future__ import annotations

import logging
import os
import re
import shlex
import shutil
import subprocess
from functools import cached_property
from io import BytesIO
from threading import Lock
from typing import Sequence

from PIL import Image, ImageOps

logger = logging.getLogger(__name__)
LANGUAGES = ("eng", "kor")
WITHIN_S, WAITS_S = 10.0, 5.0
LEAST_WIDTH = 1400
"""Tesseract wants letters of some 30 pixels; small photos are enlarged."""
MOST_ENLARGED = 3.0
_PARTED_SYLLABLES = re.compile(r"(?<=[가-힣]) (?=[가-힣])")
"""Tesseract parts Korean words into syllables; names on labels are written as one."""


class PhotoReader:
    """One photo at a time, so that reading never takes more than a core. Calls block: keep them off an event loop."""

    def __init__(self, command: str) -> None:
        """
        Args:
            command: Tesseract, by its name or path; empty for none.
        """
        self._command = shlex.split(command)
        self._one = Lock()

    @cached_property
    def languages(self) -> Sequence[str]:
        """Which of `LANGUAGES` can be read; none where Tesseract is not there."""
        if not self._command or shutil.which(self._command[0]) is None:
            return ()
        try:
            listed = self._run(["--list-langs"], b"")
        except (OSError, subprocess.SubprocessError) as error:
            logger.error("labels on photos are not read: %s", error)
            return ()
        return [one for one in LANGUAGES if one in listed.split()]

    def text(self, photo: bytes) -> str:
        """The words on a photo in one line; empty where none can be read, or another photo takes too long.

        Args:
            photo: a picture that was taken already (`bot.support.pictures`).
        """
        if not self.languages or not self._one.acquire(timeout=WAITS_S):
            return ""
        try:
            read = self._run(["stdin", "stdout", "-l", "+".join(self.languages)], _for_reading(photo))
            return _PARTED_SYLLABLES.sub("", " ".join(read.split()))
        except (OSError, subprocess.SubprocessError) as error:
            logger.error("a photo could not be read: %s", error)
            return ""
        finally:
            self._one.release()

    def _run(self, arguments: Sequence[str], given: bytes) -> str:
        done = subprocess.run(
            [*self._command, *arguments], input=given, capture_output=True, timeout=WITHIN_S, check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        return done.stdout.decode("utf-8", "replace")


def _for_reading(photo: bytes) -> bytes:
    """The photo in shades of grey, as light and dark as it may be, and large enough."""
    grey = ImageOps.autocontrast(Image.open(BytesIO(photo)).convert("L"), cutoff=1)
    factor = min(MOST_ENLARGED, LEAST_WIDTH / grey.width)
    if factor > 1:
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.LANCZOS)
    out = BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return out.getvalue()
