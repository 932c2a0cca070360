"""`Versions`: every change of an owner's files with who made it and why, and the way back."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Optional

from bot.home.folder import HISTORY, KNOWLEDGE, OWN, RESPONSES, Home, HomeError
from bot.home.origins import note

Texts = Mapping[str, Optional[str]]
DIGITS = 6
KNOWN = f"{HISTORY}/known.json"
"""The digests of the files as the last change left them."""
BY_HAND = "by hand"
"""Who changed what was changed in the files themselves."""
MOST_SHOWN = 100
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Version:
    """A change.

    Attributes:
        number: from 1 on, each one more.
        at: when, ISO 8601 in UTC.
        who: who made it.
        what: what was changed, in a line.
        before, after: the changed files' texts by their names, None where there was or is no such file.
    """

    number: int
    at: str
    who: str
    what: str
    before: Texts
    after: Texts


class Versions:
    """The history of an owner's folder. Calls read and write files: keep them off an event loop. Each raises HomeError where one cannot be
    read or written."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def change(self, who: str, what: str, make: Callable[[Texts], Texts]) -> Optional[Version]:
        """Changes files and keeps the change. What was changed by hand since the last one is kept first, as a change of its own.

        Args:
            who: who changes them.
            what: what is changed, in a line.
            make: gives the new texts of the files that change, from the texts of all; it is called while nobody else writes.

        Returns:
            The change; None where nothing is another than before.
        """
        with self._home.alone():
            before = self._now()
            self._note_by_hand(before)
            made = make(before)
            before |= {name: self._home.text(name) for name in made if name not in before}
            after = {name: text for name, text in made.items() if text != before[name]}
            if not after:
                return None
            version = self._keep(who, what, {name: before.get(name) for name in after}, after)
            for name, text in after.items():
                self._home.put(name, text)
            self._home.put(KNOWN, _digests({**before, **after}))
            note(self._home)
            return version

    def back(self, who: str, number: int) -> Version:
        """Takes back a change and all after it: the files are as they were before it.

        Raises:
            HomeError: there is no such change, or nothing would change.
        """
        found = next((one for one in self.all() if one.number == number), None)
        if found is None:
            raise HomeError("This change is not there any more.")
        done = self.change(who, f"Back to before {found.what[:1].lower()}{found.what[1:]}", lambda now: self._before(number, now))
        if done is None:
            raise HomeError("The files are as they were before that change already.")
        return done

    def all(self) -> list[Version]:
        """Every change, the newest first."""
        return self.latest(None)

    def latest(self, most: Optional[int]) -> list[Version]:
        """The newest changes, so many at most, the newest first."""
        return [self._read(path) for path in self._paths()[::-1][:most]]

    def cleared(self, clear: Callable[[str, str], str], only: str = "") -> int:
        """Rewrites what history holds, for who is erased: no way back may bring their words again. A change that cannot be read goes as a whole,
        which the log tells; where a file cannot be written the others are cleared first.

        Args:
            clear: gives the new text of a file's name and text.
            only: what stands in every change that is to be cleared; the others are not looked at.

        Returns:
            How many changes were rewritten or went.
        """
        count, failed = 0, []
        for path in self._paths():
            try:
                count += self._clear(path, clear, only)
            except (HomeError, OSError) as error:
                failed.append(error)
        if failed:
            raise HomeError(f"{self._home.history} cannot be cleared: {failed[0]}") from failed[0]
        return count

    def _clear(self, path: Path, clear: Callable[[str, str], str], only: str) -> bool:
        if only.encode() not in path.read_bytes():
            return False
        try:
            version = self._read(path)
        except HomeError as error:
            logger.error(
                "a change that holds words of somebody who is erased is dropped, since it cannot be read: %s", error
            )
            path.unlink()
            return True
        new = replace(version, before=_cleared(version.before, clear), after=_cleared(version.after, clear))
        if new != version:
            self._write(new)
        return new != version

    def _paths(self) -> list[Path]:
        return sorted(self._home.history.glob("[0-9]*.json")) if self._home.history.is_dir() else []

    def _read(self, path: Path) -> Version:
        try:
            return Version(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise HomeError(f"{self._home.history} cannot be read: {path.name}: {error}.") from error

    def _before(self, number: int, now: Texts) -> Texts:
        """The texts before a change. A file that history first met as changed by hand may have stood there long before, so it stays as it was met."""
        texts, met = dict(now), set[str]()
        states: list[Texts] = []
        for version in reversed(self.all()):
            came = {name for name, text in version.before.items() if text is None and version.who == BY_HAND and name not in met}
            met.update(version.after)
            states.append({name: version.after[name] if name in came else text for name, text in version.before.items()} if version.number >= number else {})
        for state in reversed(states):
            texts.update(state)
        return texts

    def _now(self) -> dict[str, Optional[str]]:
        return {name: self._home.text(name) for name in self._home.names()}

    def _note_by_hand(self, now: Texts) -> None:
        """Keeps what somebody changed in the files themselves. The history, which may be long, is read only where a file is another than it was left."""
        if self._home.text(KNOWN) == _digests(now):
            return
        known: dict[str, Optional[str]] = dict.fromkeys(now)
        for version in reversed(self.all()):
            known.update({name: text for name, text in version.after.items() if is_own(name)})
        changed = {name: now.get(name) for name, text in known.items() if text != now.get(name)}
        if changed:
            self._keep(BY_HAND, f"{' and '.join(changed)} changed in the file", {name: known[name] for name in changed}, changed)

    def _keep(self, who: str, what: str, before: Texts, after: Texts) -> Version:
        paths = self._paths()
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        version = Version(int(paths[-1].stem) + 1 if paths else 1, at, who, what, before, after)
        self._write(version)
        return version

    def _write(self, version: Version) -> None:
        self._home.put(f"{HISTORY}/{version.number:0{DIGITS}d}.json", json.dumps(asdict(version), ensure_ascii=False, indent=1))


def is_own(name: str) -> bool:
    """Whether a file is one that the owner writes, and none that is kept beside."""
    return name in OWN or name.startswith((f"{RESPONSES}/", f"{KNOWLEDGE}/"))


def _digests(texts: Texts) -> str:
    found = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(texts.items()) if text is not None}
    return json.dumps(found, indent=1)


def _cleared(texts: Texts, clear: Callable[[str, str], str]) -> Texts:
    return {name: None if text is None else clear(name, text) for name, text in texts.items()}
