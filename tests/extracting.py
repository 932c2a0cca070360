"""An extractor that is made once, since its vocabulary takes seconds, and reads the product names of whatever shop is looked at."""

from __future__ import annotations

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from bot.nlu.subjects import SubjectExtractor


def extractor_of(names: Path) -> SubjectExtractor:
    """The extractor with these product names, until it is asked for with others."""
    extractor, path = _made()
    path.unlink(missing_ok=True)
    if names.exists():
        shutil.copyfile(names, path)  # it reads a file anew that changed
    return extractor


@lru_cache(maxsize=1)
def _made() -> tuple[SubjectExtractor, Path]:
    path = Path(tempfile.mkdtemp(prefix="glasskin-names-")) / "names.tsv"
    return SubjectExtractor({**SubjectExtractor.get_default_config(), "product_names": str(path)}), path
