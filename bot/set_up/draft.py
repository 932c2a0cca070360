"""`Draft`: the answers of a set-up that is under way, kept one by one, so that it goes on where it was left; at the end they become `shop.yml`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.home.folder import SHOP, Home, HomeError
from bot.home.versions import Texts, Versions
from bot.set_up.questions import QUESTIONS, Question

FILE = ".set-up.yml"
HEAD = "# Answers of `glasskin init`, which is not finished yet.\n"
CHANGED = "Shop set up"


class Draft:
    """A set-up of an owner's folder. Calls read and write files; each raises HomeError where one cannot be."""

    def __init__(self, home: Home) -> None:
        self._home = home
        try:
            kept = yaml.load(home.text(FILE) or "", Loader=yaml.CSafeLoader) or {}
            written = YAML(typ="safe").load(home.text(SHOP) or "") or {}
        except (yaml.YAMLError, YAMLError) as error:
            raise HomeError(f"{home.folder} holds a file that is not YAML: {' '.join(str(error).split())[:200]}") from error
        self.answers: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self.before: dict[str, Any] = {one.key: value for one in QUESTIONS if (value := _at(written, one.key)) is not None}

    @property
    def path(self) -> Path:
        """Where the answers are written in the end."""
        return self._home.shop

    def next(self) -> Optional[Question]:
        """The first question without an answer; None where all have one."""
        return next((one for one in QUESTIONS if one.key not in self.answers), None)

    def proposed(self, question: Question) -> str:
        """What an empty answer takes: what stands in the file, else what follows from other answers."""
        known = self.before.get(question.key)
        if known is None:
            return question.proposes({**self.before, **self.answers})
        return ", ".join(map(str, known)) if isinstance(known, list) else str(known)

    def answer(self, question: Question, value: Any) -> None:
        """Keeps an answer; None for a question that is left out."""
        self.answers[question.key] = value
        self._home.put(FILE, HEAD + yaml.safe_dump(self.answers, allow_unicode=True, sort_keys=False, width=120))

    def forget(self) -> None:
        """Forgets all answers, to begin anew."""
        self.answers = {}
        self._home.put(FILE, None)

    def finish(self, who: str) -> None:
        """Writes the answers into `shop.yml`, with what else stands there, as a change that can be taken back."""
        Versions(self._home).change(who, CHANGED, self._written)
        self.forget()

    def _written(self, now: Texts) -> Mapping[str, Optional[str]]:
        rt: Any = YAML()
        rt.width = 120
        content: Any = rt.load(now.get(SHOP) or "") or {}
        for key in ("contact", "policies"):
            content.setdefault(key, {})
        for key, value in self.answers.items():
            _put(content, key, value)
        target = io.StringIO()
        rt.dump(content, target)
        return {SHOP: target.getvalue()}


def _at(content: Any, key: str) -> Any:
    for step in key.split("."):
        content = content.get(step) if isinstance(content, Mapping) else None
    return content


def _put(content: Any, key: str, value: Any) -> None:
    """Puts a value at its place, or takes what stands there away where it is None, a policy as a whole."""
    *way, last = key.split(".")
    if value is None:
        if way[:1] == ["policies"]:
            content["policies"].pop(way[1], None)
        elif _at(content, key) is not None:
            (_at(content, ".".join(way)) if way else content).pop(last)
        return
    for step in way:
        content = content.setdefault(step, {})
    content[last] = value
