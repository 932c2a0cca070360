"""What an owner chooses where an update of the project changed what they had changed: theirs, the project's, or something new."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, Optional

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.home.folder import KNOWLEDGE, OWN, SHOP, Home, HomeError
from bot.home.origins import ORIGINS, Conflict, origin_file, origin_text
from bot.home.versions import Texts, Versions

WIDTH = 120
Check = Callable[[Mapping[str, str]], list[str]]
"""Says what is wrong with files that are not in their place yet, by their names."""
LONGEST_VALUE = 20_000


class Choosing:
    """Chooses, each as a change that can be taken back. Calls read and write files, and raise HomeError where one cannot be read or written, or
    what would stand there cannot be used."""

    def __init__(self, home: Home, check: Check) -> None:
        self._home, self._check = home, check

    def keep(self, conflict: Conflict, who: str) -> None:
        """The owner's stays, and what the project has now is what it was chosen over."""
        if not conflict.can_stay:
            raise HomeError("What the project knows is not replaced, as what keeps people safe may rest on it. Give yours another name, or take the project's.")
        self._change(who, f"Kept over an update: {conflict.place.words}", conflict, lambda now: now.get(conflict.place.file), conflict.now)

    def take(self, conflict: Conflict, who: str) -> None:
        """The owner's goes, so that the project's counts."""
        self._change(who, f"Taken from an update: {conflict.place.words}", conflict, lambda now: without(now.get(conflict.place.file), conflict))

    def write(self, conflict: Conflict, written: str, who: str) -> None:
        """Something new of the owner's takes the place of theirs.

        Args:
            conflict: where.
            written: a text where theirs is one, else YAML; of knowledge the entry with its name.
            who: the owner.
        """
        value = _value(conflict, written)
        self._change(who, f"Written over an update: {conflict.place.words}", conflict, lambda now: with_value(now.get(conflict.place.file), conflict, value), conflict.now)

    def _change(self, who: str, what: str, conflict: Conflict, make: Callable[[Texts], Optional[str]], origin: Any = None) -> None:
        gone = origin is None
        note = origin_file(conflict.place)

        def made(now: Texts) -> Texts:
            texts = {conflict.place.file: make(now), note: None if gone else origin_text(conflict.place, origin)}
            self._refuse_unusable(texts)
            return texts

        Versions(self._home).change(who, what, made)

    def _refuse_unusable(self, texts: Texts) -> None:
        kept = [f"{ORIGINS}/{path.name}" for path in (self._home.folder / ORIGINS).glob("*.json")]
        looked_at = [name for name in self._home.names() if name == SHOP or name not in OWN]
        all_texts = {**{name: self._home.text(name) for name in (*looked_at, *kept)}, **texts}
        wrong = self._check({name: text for name, text in all_texts.items() if text is not None})
        if wrong:
            raise HomeError(" ".join(wrong))


def without(text: Optional[str], conflict: Conflict) -> Optional[str]:
    """A file's text without what stands at a place, and without mappings that are empty then; None where nothing is left."""
    content, yaml_of = _loaded(text, conflict)
    way = [content]
    for key in conflict.place.keys[:-1]:
        way.append(_inner(way[-1], key))
    for mapping, key in zip(reversed(way), reversed(conflict.place.keys)):
        named = _named(mapping, key)
        if named is not None and (mapping is way[-1] or not mapping[named]):
            mapping.pop(named)
    return _dumped(content, yaml_of) if content else None


def with_value(text: Optional[str], conflict: Conflict, value: Any) -> str:
    """A file's text with another value at a place; an entry of knowledge takes its name along."""
    content, yaml_of = _loaded(text, conflict)
    *way, last = conflict.place.keys
    mapping = content
    for key in way:
        mapping = _inner(mapping, key)
    named = _named(mapping, last)
    if conflict.place.file.startswith(f"{KNOWLEDGE}/"):
        ((name, entry),) = value.items()
        if name != last and _named(mapping, name) is not None:
            raise HomeError(f"There is an entry of yours of the name {name} already.")
        if named is not None:
            mapping.pop(named)
        mapping[name] = entry
    else:
        mapping[last if named is None else named] = value
    return _dumped(content, yaml_of)


def written(value: Any) -> str:
    """A value as it is shown and edited: a text as it is, all else as YAML."""
    if value is None:
        return ""
    return value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=WIDTH).removesuffix("...\n")


def editable(conflict: Conflict) -> str:
    """What stands in the field in which the owner writes something new."""
    return written({conflict.place.keys[-1]: conflict.own}) if conflict.place.file.startswith(f"{KNOWLEDGE}/") else written(conflict.own)


def _value(conflict: Conflict, text: str) -> Any:
    text = "\n".join(line.rstrip() for line in text[:LONGEST_VALUE].splitlines()).strip()
    if isinstance(conflict.own, str):
        if not text:
            raise HomeError("Write something, or take the project's.")
        return text
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise HomeError(f"This is no YAML: {' '.join(str(error).split())[:200]}") from error
    if value is None:
        raise HomeError("Write something, or take the project's.")
    if conflict.place.file.startswith(f"{KNOWLEDGE}/") and not (isinstance(value, dict) and len(value) == 1 and all(isinstance(key, str) for key in value)):
        raise HomeError("Write one entry: its name, a colon, and below it what it says.")
    return value


def _loaded(text: Optional[str], conflict: Conflict) -> tuple[Any, Any]:
    yaml_of: Any = YAML()
    yaml_of.width = WIDTH
    yaml_of.preserve_quotes = True
    try:
        return yaml_of.load(text or "") or {}, yaml_of
    except YAMLError as error:
        raise HomeError(f"{conflict.place.file} of your own files cannot be used: {' '.join(str(error).split())[:200]}") from error


def _dumped(content: Any, yaml_of: Any) -> str:
    target = io.StringIO()
    yaml_of.dump(content, target)
    return target.getvalue()


def _inner(mapping: Any, key: str) -> Any:
    named = _named(mapping, key)
    if named is None or not isinstance(mapping[named], Mapping):
        raise HomeError("This is not there any more.")
    return mapping[named]


def _named(mapping: Any, key: str) -> Any:
    """The key of a mapping that reads so, which YAML may have taken for a number; None where there is none."""
    return next((one for one in mapping if str(one) == key), None)
