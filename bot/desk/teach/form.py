"""What the owner wrote into the form of a lesson."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from pydantic import ValidationError
from sanic.request import Request

from bot.desk.door import field
from bot.teaching.lessons import Does, Lesson, Wording
from bot.teaching.refusing import LONGEST_ANSWER, LONGEST_WORDING
from bot.understanding.masking import masked

MOST_LINES = 100
TOKEN_LENGTH = 24
NEW = "new"
TOO_LITTLE = {
    Does.ANSWER: "Write the answer.", Does.MEANT: "Choose what was meant from the list.", Does.ASIDE: "Give at least one way in which people say it.",
}


@dataclass(frozen=True)
class TeachForm:
    """The fields as they stand there. `topic`: the key of the topic that the shop has not said, whose answer it is too; `tried`: what was tried last."""

    id: str = ""
    does: str = Does.ANSWER.value
    wordings: str = ""
    name: str = ""
    say: str = ""
    hand_over: bool = False
    kind: str = ""
    known_too: bool = False
    topic: str = ""
    tried: str = ""

    @classmethod
    def of(cls, request: Request) -> TeachForm:
        """From what was sent; anything can stand there. Whatever would tell who wrote a wording is masked."""
        lines = [masked(" ".join(line.split())) for line in field(request, "wordings").replace("\r", "\n").split("\n")]
        does = field(request, "does")
        return cls(
            id=field(request, "id")[:60], does=does if does in {one.value for one in Does} else Does.ANSWER.value,
            wordings="\n".join([line for line in lines if line][:MOST_LINES]), name=" ".join(field(request, "name").split())[:80],
            say=field(request, "say").replace("\r\n", "\n").strip()[: 2 * LONGEST_ANSWER], hand_over=bool(field(request, "hand_over")),
            kind=field(request, "kind")[:80], known_too=bool(field(request, "known_too")), topic=field(request, "topic")[:80], tried=field(request, "tried"),
        )  # fmt: skip

    @classmethod
    def of_lesson(cls, lesson: Lesson) -> TeachForm:
        """To change a lesson."""
        said = "\n".join(one.said for one in lesson.wordings)
        return cls(lesson.id, lesson.does.value, said, lesson.name, lesson.say or "", lesson.hand_over, lesson.kind, lesson.known_too, lesson.topic)

    @property
    def said(self) -> list[str]:
        """The wordings, a line each."""
        return [line for line in self.wordings.split("\n") if line]

    @property
    def token(self) -> str:
        """Changes when what is taught does, so that nothing counts that was not tried."""
        taught = {key: value for key, value in vars(self).items() if key not in ("tried", "id")}
        return hashlib.sha256(repr(sorted(taught.items())).encode()).hexdigest()[:TOKEN_LENGTH]

    def lesson(self, people: Mapping[str, Sequence[str]]) -> tuple[Optional[Lesson], list[str]]:
        """The lesson, under the id `NEW` where it has none yet, or why there is none, a sentence each.

        Args:
            people: marks of whose words a wording is.
        """
        does = Does(self.does)
        long = [one for one in self.said if len(one) > LONGEST_WORDING]
        if long or len(self.say) > LONGEST_ANSWER:
            return None, [f"“{long[0][:60]}…” is longer than {LONGEST_WORDING} characters." if long else f"The answer is longer than {LONGEST_ANSWER} characters."]
        try:
            return Lesson(
                id=self.id or NEW, does=does, wordings=[Wording(said=one, people=list(people.get(one, ()))) for one in self.said],
                name=self.name if does is Does.ANSWER else "", say=self.say if does is Does.ANSWER else None, hand_over=self.hand_over and does is Does.ANSWER,
                kind=self.kind if does is Does.MEANT else "", known_too=self.known_too, topic=self.topic if does is Does.ANSWER else "",
            ), []  # fmt: skip
        except ValidationError:
            return None, [TOO_LITTLE[does]]
