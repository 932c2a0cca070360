"""What a message about reminders wants."""

from __future__ import annotations

from bot.understanding.frame import Frame


def sets_reminder(frame: Frame) -> bool:
    """True for a wish to be reminded, as against seeing, changing or ending what is set already."""
    wishes = frame.has("sets_reminder") and not frame.has("no_reminding")
    return wishes or not frame.has("ends_reminders", "sees_reminders")
