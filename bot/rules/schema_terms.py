"""The form of `data/knowledge/terms.yml`: words of skincare that are neither product nor ingredient."""

from __future__ import annotations

from bot.rules.schema import Fact, Id, Named


class Term(Named):
    """A word of skincare that is neither product nor ingredient: a way of doing things ("slugging"), a word on a pack, a
    place or a season ("around the eyes").

    `what` says what it is, and answers whatever is asked about it alone. Beside another subject a term speaks only to the
    kinds of question in `facts`, and with `what` to those in `covers`; for any other the other subject is answered. An
    `aspect` (a place, a season) is never what is asked about itself, so it speaks to these kinds only. Of what is `unproven` nobody
    can say how it goes with something else.
    """

    what: Fact
    aspect: bool = False
    unproven: bool = False
    covers: list[Id] = []
    facts: dict[Id, Fact] = {}
