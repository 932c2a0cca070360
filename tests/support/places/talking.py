"""What the assistant's side of any place tells of the one talk that its tests have."""

from __future__ import annotations

from bot.support.handoff import Author, Conversations, Summary, Talk

ME = "web-me"


class Talking:
    """Its talk and its lines."""

    talks: Conversations

    def said(self, *authors: Author) -> list[str]:
        """The lines of these authors."""
        return [line.text for line in self.talks.lines(ME) if line.author in authors]

    def talk(self) -> Talk:
        """How the conversation stands."""
        found = self.talks.talk(ME)
        assert found is not None
        return found

    def asks_for_a_person(self, *held: str) -> None:
        """A customer wants a person about an order, and says more."""
        self.talks.ask_for_person(ME, "web", "asked", Summary(wish="where is order 10432", order_number="10432"), held)
        self.talks.heard(ME, "it should have come on Monday", "1")
