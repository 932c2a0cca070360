"""An owner's files as they are carried to another machine: without customers' words on the way out, checked on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Optional

from bot.home.exporting import exported, imported
from bot.home.folder import KNOWLEDGE, LESSONS, PRODUCTS, RESPONSES, SHOP, STATEMENTS, Home, HomeError
from bot.phrases import PhraseError, own_phrases, project_phrases
from bot.rules.knowledge import KnowledgeError, load
from bot.settings import Settings
from bot.statements.file import parsed as parsed_statements
from bot.store.mends.file import parsed as parsed_mends
from bot.store.mends.overlay import kinds_of
from bot.store.policies import ShopError, load_shop
from bot.support.own_pictures import Unusable, shown
from bot.teaching.kinds import kinds
from bot.teaching.lessons import Lesson, parsed, written
from bot.teaching.looking_over import lesson_mistakes

PEOPLE = "people"
"""The field of a wording that holds marks."""


@dataclass(frozen=True)
class Carried:
    """An export. `left_out`: how many wordings are not in it because they are customers' own words."""

    content: bytes
    left_out: int


def carried_out(home: Home) -> Carried:
    """A zip file of an owner's files without their history and without customers' words: those could not be erased where it goes, since the
    key that tells whose they are stays here.

    Raises:
        HomeError: a file cannot be read.
    """
    text = home.text(LESSONS)
    own, left_out = _own(text)
    return Carried(exported(home, {LESSONS: own} if text is not None else {}), left_out)


def carried_in(home: Home, content: bytes, who: str, chosen: Settings) -> list[str]:
    """Puts the files of such a zip into the folder, as `imported` does; none is written where one of them has a mistake. Wordings with marks
    of people are left out here too: an export of an older version may hold some.

    Raises:
        HomeError: it is no export, or one of its files cannot be used; the message names every mistake that is found.
    """

    def checked(texts: Mapping[str, str], pictures: Mapping[str, bytes]) -> Mapping[str, str]:
        own = {**texts, LESSONS: _own(texts[LESSONS])[0]} if LESSONS in texts else texts
        found = [*mistakes(own, chosen), *_unusable(pictures)]
        if found:
            raise HomeError("\n".join(["Nothing was imported, since it could not be used:", *found]))
        return own

    return imported(home, content, who, checked)


def _own(text: Optional[str]) -> tuple[str, int]:
    """A lessons' file without the wordings that carry marks, and how many those are; as it stands where there are none."""
    if text is None or PEOPLE not in text:
        return text or "", 0
    before = parsed(text)
    after = [left for one in before if (left := _without_people(one)).wordings or not one.wordings]
    gone = sum(bool(wording.people) for one in before for wording in one.wordings)
    return (written(after), gone) if gone else (text, 0)


def _without_people(lesson: Lesson) -> Lesson:
    return lesson.copy(update={"wordings": [one for one in lesson.wordings if not one.people]})


def mistakes(texts: Mapping[str, str], chosen: Settings) -> list[str]:
    """What is wrong with files that are not in their place yet, a line each."""
    found = lesson_mistakes(texts.get(LESSONS), lambda: load(chosen.knowledge), kinds)
    with TemporaryDirectory() as name:
        there = Home(Path(name))
        for path, text in texts.items():
            there.put(path, text)
        try:
            _read(there, texts, chosen)
        except KnowledgeError as error:
            found += [one.replace(f"{name}/", "") for one in error.problems]
        except (ShopError, PhraseError, HomeError) as error:
            found.append(str(error).replace(f"{name}/", ""))
    return found


def _unusable(pictures: Mapping[str, bytes]) -> list[str]:
    found = []
    for name, raw in pictures.items():
        try:
            shown(raw)
        except Unusable as error:
            found.append(f"{name} {error}")
    return found


def _read(there: Home, texts: Mapping[str, str], chosen: Settings) -> None:
    """Reads files as an assistant does that starts."""
    if PRODUCTS in texts:
        parsed_mends(texts[PRODUCTS], kinds_of(load(chosen.knowledge)))
    if STATEMENTS in texts:
        parsed_statements(texts[STATEMENTS])
    if SHOP in texts:
        load_shop(chosen.shop, there.folder)
    by_language, protected = project_phrases()
    for name in texts:
        path = PurePosixPath(name)
        if path.parts[0] == RESPONSES and path.stem in by_language:
            own_phrases(there.responses(path.stem), by_language[path.stem], protected)
    if any(PurePosixPath(name).parts[0] == KNOWLEDGE for name in texts):
        load(chosen.knowledge, there.folder / KNOWLEDGE)
