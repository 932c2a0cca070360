"""Several replies become one message that repeats nothing."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from actions.merging import merged
from actions.registry import action_named, action_of_intent
from actions.wording import Wording
from bot.paths import ROOT

WORDING = Wording(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8")))
DERMNET = {"publisher": "DermNet", "kind": "medical", "address": "https://dermnetnz.org"}
FDA = {"publisher": "FDA", "kind": "regulator", "address": "https://fda.gov"}


def reply(body: str, *sources: dict[str, str], **more: Any) -> list[dict[str, Any]]:
    """A reply as an action leaves it on its dispatcher."""
    named = "; ".join(f"{one['publisher']} ({one['kind']})" for one in sources)
    text = f"{body}\n\nSource: {named}" if sources else body
    custom = {"body": body, "sources": list(sources), **more} if sources or more else {}
    buttons = [{"title": title, "payload": title} for title in more.pop("titles", [])]
    return [{"text": text, "buttons": buttons, "custom": custom}]


def test_sources_stand_once_at_the_end() -> None:
    message = merged(WORDING, [reply("Retinol is strong.", DERMNET), reply("Twice a week.", FDA, DERMNET)], [])
    assert message["text"] == "Retinol is strong.\n\nTwice a week.\n\nSource: DermNet (medical); FDA (regulator)"
    assert message["json_message"]["body"] == "Retinol is strong.\n\nTwice a week."
    assert message["json_message"]["sources"] == [DERMNET, FDA]


def test_no_sentence_stands_twice() -> None:
    message = merged(WORDING, [reply("Patch test it first. Start slowly."), reply("Twice a week. Patch test it first.")], [])
    assert message["text"] == "Patch test it first. Start slowly.\n\nTwice a week."


def test_a_reply_with_nothing_new_is_left_out() -> None:
    message = merged(WORDING, [reply("Patch test it first."), reply("Yes. Patch test it first.")], [])
    assert message["text"] == "Patch test it first."


@pytest.mark.parametrize("verdicts", [("yes", "doctor"), ("doctor", None)])
def test_a_doctor_is_the_verdict_of_all(verdicts: tuple[str, str]) -> None:
    replies = [reply(f"Answer number {n} here.", DERMNET, verdict=verdict) for n, verdict in enumerate(verdicts)]
    assert merged(WORDING, replies, [])["json_message"]["verdict"] == "doctor"


def test_other_verdicts_stand_in_the_text_only() -> None:
    replies = [reply("Yes. It may be used.", DERMNET, verdict="yes"), reply("No. It is not.", DERMNET, verdict="no")]
    assert merged(WORDING, replies, [])["json_message"]["verdict"] is None


def test_buttons_leave_out_what_was_asked() -> None:
    replies = [reply("One two three four.", titles=["What is retinol?", "How often?"]), reply("Five six seven eight.", titles=["How often?"])]
    assert [one["title"] for one in merged(WORDING, replies, ["what is retinol?"])["buttons"]] == ["How often?"]


def test_products_of_all_replies_are_shown() -> None:
    one, two = {"title": "A"}, {"title": "B"}
    replies = [reply("First list here now.", DERMNET, products=[one]), reply("Second list here now.", DERMNET, products=[one, two])]
    assert merged(WORDING, replies, [])["json_message"]["products"] == [one, two]


@pytest.mark.parametrize("name", sorted(set(action_of_intent().values())))
def test_every_rule_names_an_action_or_a_response_that_exists(name: str) -> None:
    assert WORDING.has(name[len("utter_") :]) if name.startswith("utter_") else action_named(name).name() == name
