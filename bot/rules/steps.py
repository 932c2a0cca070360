"""A step of somebody's routine: what is put on, in which form, and what in it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

MORNING = "morning"
NIGHT = "night"


@dataclass(frozen=True)
class Step:
    """One product of a routine. Ids are those of `data/knowledge`.

    `type` is the product type whose place it takes, `implied` true where only what is in it was named; `actives` are
    the ingredients and families in it that were named or that its label shows. `times` holds "morning", "night" or
    both where the person said so, and is empty otherwise; `nights` the days of the week said of it, or that they differ
    from the others' (see `routine_nights`). `title` and `handle` are those of a product of the shop,
    empty for any other.
    """

    type: str
    actives: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    title: str = ""
    handle: str = ""
    implied: bool = False
    nights: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Everything that a rule may speak of: the type and the actives."""
        return (self.type, *self.actives)

    @property
    def what(self) -> tuple[str, tuple[str, ...], str]:
        """What it is, whenever it is used: two steps with the same are one product."""
        return (self.type, self.actives, self.handle)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Step:
        """The step that `stored` describes, as it comes out of JSON."""
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()})
