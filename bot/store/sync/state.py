"""What is kept of a source between two looks at it: when it was last known to be as the shop has it, and what failed since."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.store.models import utc_now
from bot.store.sync.fetching import Validators, shown

logger = logging.getLogger(__name__)
KEPT = "sync.json"
OLD = timedelta(days=1)
"""Stock that was last looked at longer ago is said to be old."""


@dataclass(frozen=True)
class SyncState:
    """Attributes:
    source: where from, as it may be printed; `mark` tells one address from another.
    etag, modified: of the file that was imported last.
    good_at: when the source was last known to be as the shop has it.
    failed_at, failure: the last failure since then; empty where there was none.
    """

    source: str = ""
    mark: str = ""
    etag: str = ""
    modified: str = ""
    good_at: str = ""
    failed_at: str = ""
    failure: str = ""

    def validators(self, address: str) -> Validators:
        """What the source said of the file, where it is the same source."""
        return Validators(self.etag, self.modified) if self.mark == mark(address) else Validators()

    @property
    def good(self) -> datetime | None:
        """When the source was last known to be as the shop has it; None before the first time."""
        return datetime.fromisoformat(self.good_at) if self.good_at else None

    def is_old(self, now: datetime | None = None) -> bool:
        """Whether that is longer ago than stock stays true."""
        return self.good is not None and (now or utc_now()) - self.good > OLD

    def succeeded(self, address: str, validators: Validators) -> SyncState:
        """The state after the shop has what the source has."""
        return SyncState(shown(address), mark(address), validators.etag, validators.modified, utc_now().isoformat())

    def failed(self, address: str, why: str) -> SyncState:
        """The state after a failure: the age of what the shop has stays."""
        same = self if self.mark == mark(address) else replace(self, source=shown(address), mark=mark(address), etag="", modified="")
        return replace(same, failed_at=utc_now().isoformat(), failure=why)


def mark(address: str) -> str:
    """What tells an address from another without holding its secrets."""
    return sha256(address.encode()).hexdigest()[:16]


def read_state(var: Path) -> SyncState:
    """The state that is kept in this folder; an empty one where there is none."""
    path = var / KEPT
    try:
        stat = path.stat()
    except FileNotFoundError:
        return SyncState()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> SyncState:
    try:
        return SyncState(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        logger.error("%s is damaged (%s): it is taken to be empty", path.name, type(error).__name__)
        return SyncState()


def write_state(var: Path, state: SyncState) -> None:
    """Keeps the state, all of it or nothing."""
    var.mkdir(parents=True, exist_ok=True)
    fresh = var / f"{KEPT}.new"
    fresh.write_text(json.dumps(asdict(state), indent=2), encoding="utf-8")
    fresh.replace(var / KEPT)
