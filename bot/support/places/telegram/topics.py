"""Which topic has which conversation. The token that is kept of a conversation names its topic, once there is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from bot.support.places.kept import Carried, Kept
from bot.support.places.telegram.api import GroupApi, GroupError


class Topics:
    """The topics of a group. Calls block; each raises what `GroupApi.call` and `Kept` raise."""

    def __init__(self, api: GroupApi, kept: Kept) -> None:
        self._api, self._kept = api, kept

    def of(self, conversation: str) -> Optional[int]:
        """The topic of a conversation; None where it has none in this group."""
        group, _, topic = self._kept.carried(conversation).token.partition(":")
        return int(topic) if group == str(self._api.group) and topic else None

    def conversation(self, topic: int) -> Optional[Carried]:
        """The conversation of a topic; None where it is nobody's."""
        return self._kept.of_token(self._token(topic))

    def opened(self, conversation: str, title: str) -> tuple[int, bool]:
        """The open topic of a conversation, reopened or made where need be; and whether it was made."""
        topic = self.of(conversation)
        if topic is not None and self._changed("reopenForumTopic", topic):
            return topic, False
        made = int(self._api.call("createForumTopic", name=title)["message_thread_id"])
        self._kept.carried(conversation)
        self._kept.rename(conversation, self._token(made))
        return made, True

    def close(self, topic: int) -> None:
        """Closes a topic, where it is there."""
        self._changed("closeForumTopic", topic)

    def reopen(self, topic: int) -> bool:
        """Opens a topic again; False where it is not there any more."""
        return self._changed("reopenForumTopic", topic)

    def lose(self, conversation: str) -> None:
        """Notes that a conversation's topic was deleted, so that it is brought anew."""
        self._kept.rename(conversation)
        self._kept.note(replace(self._kept.carried(conversation), is_open=False))

    def delete(self, topic: int) -> None:
        """Deletes a topic with all that stands in it, where it is there."""
        self._changed("deleteForumTopic", topic)

    def _changed(self, method: str, topic: int) -> bool:
        """Whether the topic is there."""
        try:
            self._api.call(method, message_thread_id=topic)
        except GroupError as error:
            if error.no_topic:
                return False
            if not error.changed_nothing:
                raise
        return True

    def _token(self, topic: int) -> str:
        return f"{self._api.group}:{topic}"
