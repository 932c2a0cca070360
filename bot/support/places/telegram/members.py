"""Who of those that write in the group is one of the staff."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Optional

from bot.support.places.telegram.api import GroupApi, GroupError

MEMBERS = ("creator", "administrator", "member")
KNOWN_FOR_S = 300.0


class Members:
    """The members of the group, each asked for again after a while."""

    def __init__(self, api: GroupApi, clock: Callable[[], float] = monotonic) -> None:
        self._api, self._clock = api, clock
        self._until: dict[int, float] = {}

    def has(self, user: Optional[int]) -> bool:
        """Whether somebody is a member now; None stands for who wrote in the name of the group itself, which its administrators may.

        Raises:
            HandoffUnreachable: Telegram gives no answer.
        """
        if user is None or self._until.get(user, 0.0) > self._clock():
            return True
        try:
            found = self._api.call("getChatMember", user_id=user)
        except GroupError:
            return False
        status = found.get("status")
        there = status in MEMBERS or (status == "restricted" and found.get("is_member") is True)
        if there:
            self._until[user] = self._clock() + KNOWN_FOR_S
        return there
