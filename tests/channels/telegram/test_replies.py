"""From replies to calls of the Bot API."""

from __future__ import annotations

from bot.channels.telegram.replies import Place, calls_for


def test_a_plan_is_text_one_picture_and_one_calendar() -> None:
    custom = {
        "body": "Your week", "image": {"src": "/plans/a.png", "alt": "Monday: ampoule"},
        "files": [{"title": "Picture", "href": "/plans/a.png"}, {"title": "Calendar", "href": "/plans/a.ics"}],
    }
    calls = calls_for([{"text": "Your week", "custom": custom}], Place(5), list, "Source:")
    assert [call["method"] for call in calls] == ["sendMessage", "sendPhoto", "sendDocument"]
    assert calls[1]["file"]["href"] == "/plans/a.png"
    assert calls[2]["file"] == {"field": "document", "href": "/plans/a.ics", "name": "glasskin-week.ics"}
