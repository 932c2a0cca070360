"""A lesson as it stands in the owner's `lessons.yml`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError, constr, root_validator, validator

from bot.home.folder import LESSONS, HomeError
from bot.home.pictures import NO_PICTURE, is_picture_name

if TYPE_CHECKING:
    Said = str
    Answer = str
    Id = str
else:
    Said = constr(strip_whitespace=True, min_length=1, max_length=300)
    Answer = constr(strip_whitespace=True, min_length=1, max_length=500)
    Id = constr(regex=r"^[a-z0-9-]{1,60}$")
MOST_LESSONS, MOST_WORDINGS = 200, 60
MARK_LENGTH = 16
HEAD = "# What the assistant was taught, at the desk or here. docs/teaching.md says what each line means.\n"


class Does(str, Enum):
    """What a lesson does: ANSWER says the owner's words, MEANT reads the message as a kind of question that is known, ASIDE as nothing for
    this shop."""

    ANSWER = "answer"
    MEANT = "meant"
    ASIDE = "aside"


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Wording(_Strict):
    """How people say it. `people`: marks of whose words these are, so that they go when one of them is erased; empty for the owner's."""

    said: Said
    people: list[str] = []


class Lesson(_Strict):
    """Something taught.

    Attributes:
        id: its name in the file, which never changes.
        does: see `Does`.
        wordings: how people say it.
        name: what an answer is about, as a heading says it.
        say: the answer.
        hand_over: whether how to reach the staff is said behind it.
        kind: the kind of question that is meant.
        topic: the key of the topic of the starter pack whose answer it is too.
        picture: the name of a picture of the owner's that is shown beside the answer.
        known_too: whether questions that the assistant knows and that sound like these are taken too; none about safety ever is.
    """

    id: Id
    does: Does
    wordings: list[Wording]
    name: str = ""
    say: Optional[Answer] = None
    hand_over: bool = False
    kind: str = ""
    known_too: bool = False
    topic: str = ""
    picture: str = ""

    @validator("picture")
    def _may_be_a_picture(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value and not is_picture_name(value):
            raise ValueError(NO_PICTURE)
        return value

    @root_validator(skip_on_failure=True)
    def _whole(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - pydantic hands the class
        if values["does"] is Does.ANSWER and not values["say"]:
            raise ValueError("an answer needs `say`")
        if values["does"] is Does.MEANT and not values["kind"]:
            raise ValueError("what is meant needs `kind`")
        return values

    @property
    def title(self) -> str:
        """What it is called in a list and in the history; never in a customer's words, which may have to go."""
        return self.name or self.kind or "Not for us"


def parsed(text: Optional[str]) -> list[Lesson]:
    """The lessons of a file's text; none where there is no file.

    Raises:
        HomeError: it cannot be used; the message names the lesson and the field.
    """
    try:
        raw = yaml.load(text or "", Loader=yaml.CSafeLoader) or []
    except yaml.YAMLError as error:
        raise HomeError(f"{LESSONS} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(raw, list):
        raise HomeError(f"{LESSONS} must be a list of lessons.")
    found: list[Lesson] = []
    for number, one in enumerate(raw):
        try:
            found.append(Lesson.parse_obj(one))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"] if step != "__root__")
            raise HomeError(f"{LESSONS}, lesson {number + 1}{f', {where}' if where else ''}: {first['msg']}.") from error
    ids = [one.id for one in found]
    if len(set(ids)) < len(ids):
        raise HomeError(f"{LESSONS}: {next(one for one in ids if ids.count(one) > 1)} is given twice.")
    return found


def written(lessons: Sequence[Lesson]) -> str:
    """The text of a file with these lessons."""
    plain = [_without_defaults(one.dict()) for one in lessons]
    return HEAD + (yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120) if plain else "[]\n")


def _without_defaults(lesson: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in lesson.items() if value not in ("", None, False)}
    wordings = [{key: value for key, value in one.items() if value} for one in lesson["wordings"]]
    return {**kept, "does": lesson["does"].value, "wordings": wordings}


def mark_of(key: bytes, sender: str) -> str:
    """What tells whose words these are, without saying whose.

    Args:
        key: the folder's own, see `Home.key`.
        sender: the conversation.
    """
    return hmac.new(key, sender.encode(), hashlib.sha256).hexdigest()[:MARK_LENGTH]


def without_person(lessons: Sequence[Lesson], mark: str) -> list[Lesson]:
    """The lessons without what only this person said; one that only rested on them is gone."""
    kept: list[Lesson] = []
    for lesson in lessons:
        wordings = []
        for one in lesson.wordings:
            others = [other for other in one.people if other != mark]
            if others or mark not in one.people:
                wordings.append(one.copy(update={"people": others}))
        if wordings:
            kept.append(lesson.copy(update={"wordings": wordings}))
    return kept


def new_id(title: str, lessons: Sequence[Lesson]) -> str:
    """An id for a new lesson, which none of these lessons has."""
    words = "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in title.lower()).split())[:40].strip("-") or "lesson"
    taken = {one.id for one in lessons}
    return next(name for name in (words, *(f"{words}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def plainly(text: str) -> str:
    """A wording without what makes no other question of it: case, marks, blanks."""
    return " ".join("".join(letter if letter.isalnum() or letter in "[]" else " " for letter in text.casefold()).split())
