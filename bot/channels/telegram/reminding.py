"""The short dialogue that makes a reminder: which nights is known, then the time, then the place. Blocking."""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping, Sequence

from babel.dates import get_day_names

from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reminders import Reminders
from bot.channels.telegram.schedule import city, clock, minute_of_day, zone_named

HOURS = (20, 21, 22, 23)
ZONES = ("Asia/Seoul", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Singapore")

Say = Callable[..., str]
Reply = dict[str, Any]


class Reminding:
    """What to say at each step; nothing is kept until time and place are known."""

    def __init__(self, memory: Memory, reminders: Reminders) -> None:
        self._memory = memory
        self._reminders = reminders

    def asked(self, wish: Mapping[str, Any], chat_id: int, user_id: int, say: Say) -> Reply:
        """Answers what the assistant understood as a wish about reminders.

        Args:
            wish: `do` (set, list or cancel) and for set `about` (in words) and `days` (digits, 0 is Monday).
            chat_id: the chat.
            user_id: the person in it.
            say: gives the text of a wording.
        """
        if wish.get("do") == "set":
            draft = {"about": str(wish["about"]), "days": str(wish["days"]), "minute": None, "user": user_id}
            self._memory.set_draft(chat_id, draft)
            buttons = [_button(f"{hour}:00", {"minute": hour * 60}) for hour in HOURS]
            text = say("reminder_time", about=draft["about"], days=_days(str(draft["days"])))
            return {"text": text, "buttons": [*buttons, _button(say("reminder_stop"), {"stop": True})]}
        return self.listed(chat_id, user_id, say)

    def typed(self, text: str, chat_id: int, user_id: int, say: Say) -> Reply | None:
        """Takes a typed time or place for the reminder that is being made; None when the text is neither, and then
        it is an ordinary message."""
        draft = self._memory.draft(chat_id)
        if draft is None or draft["user"] != user_id:
            return None
        if draft["minute"] is None:
            minute = minute_of_day(text)
            return None if minute is None else self.pressed({"minute": minute}, chat_id, user_id, say)
        zone = zone_named(text)
        return None if zone is None else self.pressed({"zone": zone}, chat_id, user_id, say)

    def pressed(self, choice: Mapping[str, Any], chat_id: int, user_id: int, say: Say) -> Reply:
        """Takes a button's choice: a time, a zone, a reminder to cancel, or to stop."""
        if "cancel" in choice:
            self._reminders.cancel(chat_id, user_id, int(choice["cancel"]))
            return self.listed(chat_id, user_id, say)
        draft = self._memory.draft(chat_id)
        if draft is None or draft["user"] != user_id:
            return {"text": say("reminder_gone")}
        if "minute" in choice:
            self._memory.set_draft(chat_id, {**draft, "minute": int(choice["minute"])})
            buttons = [_button(city(zone), {"zone": zone}) for zone in ZONES]
            return {"text": say("reminder_zone", time=clock(int(choice["minute"]))), "buttons": buttons}
        self._memory.set_draft(chat_id, None)
        if "stop" in choice or draft["minute"] is None:
            return {"text": say("reminder_stopped")}
        zone = str(choice["zone"])
        if not self._reminders.add(chat_id, user_id, draft["about"], draft["days"], draft["minute"], zone):
            return {"text": say("reminder_too_many")}
        return {"text": say("reminder_made", about=draft["about"], **_when(draft["days"], draft["minute"], zone))}

    def listed(self, chat_id: int, user_id: int, say: Say) -> Reply:
        """A person's reminders, each with a button that cancels it."""
        mine = self._reminders.of(chat_id, user_id)
        if not mine:
            return {"text": say("reminder_none")}
        lines = [f"- {say('reminder_line', about=one.about, **_when(one.days, one.minute, one.zone))}" for one in mine]
        buttons = [_button(say("reminder_cancel", about=one.about), {"cancel": one.id}) for one in mine]
        return {"text": "\n".join([say("reminder_list"), *lines]), "buttons": buttons}


def _when(days: str, minute: int, zone: str) -> dict[str, str]:
    return {"days": _days(days), "time": clock(minute), "city": city(zone)}


def _days(days: Sequence[str]) -> str:
    names = get_day_names("abbreviated", locale="en")
    return ", ".join(names[int(day)] for day in days)


def _button(title: str, choice: Mapping[str, Any]) -> dict[str, str]:
    return {"title": title, "payload": json.dumps(choice), "kind": "do"}
