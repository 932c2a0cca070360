"""`/metrics` counts messages and tells nobody on another machine, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from bot.channels.metrics import Metrics
from bot.settings import settings
from tests.channels.serving import running
from tests.conftest import Assistant


@pytest.fixture(autouse=True)
def _settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def figures(server: str) -> dict[tuple[str, ...], float]:
    """What is counted, by name and labels."""
    text = requests.get(f"{server}/metrics", timeout=5).text
    return {
        (one.name, *(value for name, value in sorted(one.labels.items()) if name != "le")): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_each_message_is_counted_with_its_kind_and_its_time(server: str) -> None:
    visitor = Assistant(server)
    visitor.say("hello")
    before = figures(server)
    visitor.say("can I use retinol every day, I am Hildegard")
    after = figures(server)
    counted = [name for name in after if name[0] == "glasskin_messages_total" and after[name] != before.get(name, 0)]
    assert [after[name] - before.get(name, 0) for name in counted] == [1] and counted[0][1] == "rest"
    assert after["glasskin_message_seconds_count", "rest"] - before["glasskin_message_seconds_count", "rest"] == 1
    assert after["glasskin_reading_seconds_count",] - before["glasskin_reading_seconds_count",] == 1
    assert after["glasskin_unsaved_events",] == 0
    text = requests.get(f"{server}/metrics", timeout=5).text
    assert "Hildegard" not in text and visitor.sender not in text


def test_openmetrics_is_given_where_it_is_asked_for(server: str) -> None:
    answer = requests.get(f"{server}/metrics", headers={"Accept": "application/openmetrics-text"}, timeout=5)
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text") and answer.text.endswith("# EOF\n")


def test_what_a_proxy_brings_is_refused_without_a_key(server: str) -> None:
    answer = requests.get(f"{server}/metrics", headers={"X-Forwarded-For": "203.0.113.7"}, timeout=5)
    assert answer.status_code == 403 and "METRICS_KEY" in answer.text


def test_with_a_key_it_must_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_KEY", "a-key-of-the-owner-0123")
    with running(Metrics()) as made:
        assert made.ask("/metrics").status == 401
        assert made.ask("/metrics", Authorization="Bearer another").status == 401
        assert made.ask("/metrics", Authorization="Bearer a-key-of-the-owner-0123", X_Forwarded_For="203.0.113.7").status == 200
