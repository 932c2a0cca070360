"""The form of an owner's `statements.yml`: which statement is switched off, and which is said in other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Optional

import yaml
from pydantic import BaseModel, Extra, ValidationError, conlist, constr, root_validator

from bot.home.folder import STATEMENTS, HomeError

if TYPE_CHECKING:
    Texts = list[str]
else:
    Texts = conlist(constr(strip_whitespace=True, min_length=1, max_length=400), min_items=1, max_items=20)

HEAD = "# Which of the project's skincare statements are not said here, or in other words, by where they stand. The desk writes it; docs/home.md says what it does.\n"


class Own(BaseModel):
    """What becomes of one statement.

    Attributes:
        silent: it is never said.
        say: its sentences in the shop's own words, as many as it has.
        was: its sentences as they were when they were reworded, so that a change of the project's is noticed.
    """

    class Config:
        extra = Extra.forbid
        allow_mutation = False

    silent: bool = False
    say: Optional[Texts] = None
    was: Optional[Texts] = None

    @root_validator(skip_on_failure=True)
    def _one_of_both(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - pydantic hands the class
        if values["silent"] == (values["say"] is not None):
            raise ValueError("give `silent: true`, or `say` with `was`")
        if values["say"] is not None and len(values["was"] or ()) != len(values["say"]):
            raise ValueError("`was` must hold as many sentences as `say`")
        return values


Owns = Mapping[str, Own]
"""By the statements' addresses, such as topics.better_ampoule_serum.fact."""


def parsed(text: Optional[str]) -> dict[str, Own]:
    """What a file's text says; nothing where there is no file.

    Raises:
        HomeError: it cannot be used; the message names the statement and the field.
    """
    try:
        raw = yaml.load(text or "", Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise HomeError(f"{STATEMENTS} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(raw, dict):
        raise HomeError(f"{STATEMENTS} must be a mapping from a statement's place to what becomes of it.")
    found = {}
    for address, value in raw.items():
        try:
            found[str(address)] = Own.parse_obj({str(name): one for name, one in value.items()} if isinstance(value, dict) else value)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"] if step != "__root__")
            raise HomeError(f"{STATEMENTS}, {str(address)[:120]}{f', {where}' if where else ''}: {first['msg']}.") from error
    return found


def written(owns: Owns) -> str:
    """The text of a file that says this."""
    plain = {address: {name: value for name, value in one.dict().items() if value} for address, one in owns.items()}
    return HEAD + (yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120) if plain else "{}\n")
