"""Switches statements off, rewords them and takes both back, in the owner's file; it counts at once, in every process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Optional

from bot.home.folder import STATEMENTS, Home
from bot.home.versions import Texts, Versions
from bot.rules.knowledge import Knowledge
from bot.rules.statements import Statement
from bot.statements.allowed import cannot, kept, refusals
from bot.statements.file import Own, Owns, parsed, written
from bot.teaching.refusing import short

OFF, SAID, BACK = "Switched off", "Reworded", "Put back"


@dataclass(frozen=True)
class Changing:
    """Calls read and write files. Each raises HomeError where the owner's folder cannot be used. `knowledge` gives the project's."""

    home: Home
    knowledge: Callable[[], Knowledge]

    def owns(self) -> dict[str, Own]:
        """What the file says."""
        return parsed(self.home.text(STATEMENTS))

    def switch_off(self, statement: Statement, who: str) -> list[str]:
        """Has a statement never said; returns why not, a sentence each."""
        why = kept(self.knowledge(), statement)
        if why:
            return [cannot(why)]
        self._change(who, OFF, statement, Own(silent=True))
        return []

    def reword(self, statement: Statement, texts: Sequence[str], who: str) -> list[str]:
        """Has a statement said in other words; returns why not, a sentence each."""
        said = [" ".join(text.split()) for text in texts]
        refused = refusals(self.knowledge(), statement, said)
        if not refused:
            self._change(who, SAID, statement, Own(say=said, was=list(statement.texts)))
        return refused

    def put_back(self, statement: Statement, who: str) -> None:
        """Has a statement said as the project has it."""
        self._change(who, BACK, statement, None)

    def _change(self, who: str, what: str, statement: Statement, own: Optional[Own]) -> None:
        def made(now: Texts) -> Texts:
            before: Owns = parsed(now.get(STATEMENTS))
            others = {address: one for address, one in before.items() if address != statement.address}
            return {STATEMENTS: written(others if own is None else {**others, statement.address: own})}

        Versions(self.home).change(who, f"{what}: “{short(statement.texts[0])}”", made)
