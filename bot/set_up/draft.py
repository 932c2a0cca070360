"""`Draft`: the answers of a set-up that is under way, kept one by one, so that it goes on where it was left, in the terminal or at the desk; they
become `shop.yml` as soon as a shop can stand on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.home.folder import SHOP, Home, HomeError
from bot.home.merging import merged
from bot.home.versions import Texts, Versions
from bot.set_up.questions import QUESTIONS, Question
from bot.set_up.shop_file import at, with_answers

FILE, SETTLED = ".set-up.yml", "settled"
HEAD = "# Answers of a set-up that is not finished yet: `glasskin init`, or Set up at the desk.\n"
CHANGED = "Shop set up"
NEEDED = tuple(one.key for one in QUESTIONS if one.needed)
KEYS = tuple(one.key for one in QUESTIONS)


class Draft:
    """A set-up of an owner's folder. Calls read and write files; each raises HomeError where one cannot be."""

    def __init__(self, home: Home, project: Optional[Mapping[str, Any]] = None) -> None:
        """
        Args:
            home: the owner's folder.
            project: what the project's own file says, where those are the owner's words and not the sample's.
        """
        self._home, self._project = home, project or {}
        self.answers: dict[str, Any] = {}
        self._settled: dict[str, bool] = {}
        self._file: Any = {}
        self._read()

    @property
    def path(self) -> Path:
        """Where the answers are written in the end."""
        return self._home.shop

    @property
    def begun(self) -> bool:
        """Whether anything was answered in this set-up."""
        return bool(self.answers or self._settled)

    @property
    def done(self) -> int:
        """How many questions this set-up has asked."""
        return sum(key in self.answers or key in self._settled for key in KEYS)

    @property
    def stands(self) -> bool:
        """Whether all is there that a shop cannot do without."""
        return all(self.value(key) is not None for key in NEEDED)

    def next(self) -> Optional[Question]:
        """The first question that this set-up has not asked; None where all were."""
        return next((one for one in QUESTIONS if one.key not in self.answers and one.key not in self._settled), None)

    def value(self, key: str) -> Any:
        """What is answered, or stands in the file; None for nothing."""
        return self.answers[key] if key in self.answers else at(self._file, key)

    def is_answered(self, key: str) -> bool:
        """Whether there is an answer, or it was left out on purpose."""
        return self.value(key) is not None or key in self.answers or self._settled.get(key) is False

    def proposed(self, question: Question) -> str:
        """What an empty answer takes: what stands in the file, else what follows from other answers."""
        known = at(self._file, question.key)
        return question.proposes(self.known()) if known is None else question.show(known)

    def known(self) -> dict[str, Any]:
        """The answers to all questions, as far as there are any."""
        return {key: value for key in KEYS if (value := self.value(key)) is not None}

    def answer(self, question: Question, value: Any) -> None:
        """Keeps an answer; None for a question that is left out."""
        self.keep({question.key: value})

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Keeps answers by their places in `shop.yml`; None for one that is left out."""
        with self._home.alone():
            self._read()
            self.answers.update(answers)
            self._write()

    def forget(self) -> None:
        """Forgets all answers, to begin anew."""
        self.answers, self._settled = {}, {}
        self._home.put(FILE, None)

    def finish(self, who: str, what: str = CHANGED) -> None:
        """Writes the answers into `shop.yml`, with what else stands there, as a change that can be taken back."""
        written: dict[str, Any] = {}

        def made(now: Texts) -> Mapping[str, Optional[str]]:
            self._read()  # somebody else may have answered meanwhile
            written.update(self.answers)
            return {SHOP: with_answers(now.get(SHOP), written)}

        Versions(self._home).change(who, what, made)
        with self._home.alone():
            self._read()
            self._settled.update({key: value is not None for key, value in written.items()})
            self.answers = {key: value for key, value in self.answers.items() if key not in written or written[key] != value}
            self._write()

    def save(self, answers: Mapping[str, Any], who: str, what: str) -> bool:
        """Keeps answers, and writes them with those that were kept before once a shop can stand on them.

        Returns:
            Whether they count now.
        """
        self.keep(answers)
        if self.stands:
            self.finish(who, what)
        return self.stands

    def _read(self) -> None:
        kept, own = self._content(FILE), self._content(SHOP)
        settled = kept.pop(SETTLED, None)
        self.answers, self._settled = kept, settled if isinstance(settled, dict) else {}
        self._file = merged(self._project, own)

    def _content(self, name: str) -> dict[str, Any]:
        try:
            found = yaml.load(self._home.text(name) or "", Loader=yaml.CSafeLoader) or {}
        except yaml.YAMLError as error:
            raise HomeError(f"{self._home.folder / name} is not YAML: {' '.join(str(error).split())[:200]}") from error
        return dict(found) if isinstance(found, dict) else {}

    def _write(self) -> None:
        kept = {**self.answers, **({SETTLED: self._settled} if self._settled else {})}
        self._home.put(FILE, HEAD + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=120))
