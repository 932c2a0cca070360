"""A digest of this package's code, so that Rasa's training cache never reuses what older code computed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Digest of every module under `bot/nlu` and of `bot/labels`, which it finds pasted labels with. Rasa itself looks at a component's class only, not at what it calls."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted((*package.rglob("*.py"), *(package.parent / "labels").glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
