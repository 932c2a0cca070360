"""Every wording that code asks for stands in domain.yml, and its values are filled."""

from __future__ import annotations

import re
import string

import pytest
import yaml

from bot.paths import KNOWLEDGE, ROOT
from bot.rules.finder import SENSITIVE, STEPS
from bot.rules.knowledge import load
from bot.rules.pairs import VERDICTS
from bot.rules.ranking import APART
from bot.rules.schema import Verdict

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
KEY = re.compile(r'(?:key=|say\(|key = )"([a-z_]+)"(?: if [^"\n]+ else "([a-z_]+)")?')
CODE = [*(ROOT / "bot" / "rules").glob("*.py"), *(ROOT / "actions").glob("*.py")]
MADE = (
    [f"verdict_{verdict.value}" for verdict in Verdict]
    + [f"pair_{pair.verdict}" for pair in load(KNOWLEDGE).pairs.values()]
    + [f"pregnancy_{status}" for status in ("ok", "avoid", "ask_doctor")]
    + [f"caution_pregnancy_{status}" for status in ("avoid", "ask_doctor")]
    + [f"time_{when}" for when in ("am", "pm", "am_or_pm", "am_and_pm")]
    + [f"percent_{place}" for place in ("above", "below", "within")]
    + [f"routine_{rule}" for rule in load(KNOWLEDGE).guidelines if "_at_most" in rule]
    + [f"why_pregnancy_{status}" for status in ("avoid", "ask_doctor")]
    + [f"label_active_{where}" for where in ("filter", "filter_printed", "high", "low", "place", "printed")]
    + [f"label_pregnancy_{status}" for status in ("avoid", "ask_doctor")]
    + [f"label_clash_{verdict}" for verdict, found in VERDICTS.items() if found is not Verdict.YES]
    + [f"finder_{step}" for step in STEPS if step != SENSITIVE]
    + [f"finder_{verdict}" for verdict in APART]
    + [f"kind_{source.kind}" for source in load(KNOWLEDGE).sources.values()]
)


def keys() -> list[str]:
    """Every wording key that stands in the code, and those it makes from data."""
    found = {key for path in CODE for match in KEY.finditer(path.read_text("utf-8")) for key in match.groups() if key}
    assert len(found) > 50
    return sorted(found | set(MADE))


@pytest.mark.parametrize("key", keys())
def test_wording_stands_in_the_domain(key: str) -> None:
    assert RESPONSES[f"utter_{key}"][0]["text"]


@pytest.mark.parametrize("name", RESPONSES)
def test_wording_has_well_formed_places(name: str) -> None:
    for response in RESPONSES[name]:
        places = [field for _, field, _, _ in string.Formatter().parse(response["text"]) if field is not None]
        assert all(place.isidentifier() for place in places)


@pytest.mark.parametrize("name", RESPONSES)
def test_buttons_send_plain_text(name: str) -> None:
    for response in RESPONSES[name]:
        for button in response.get("buttons", []):
            assert not button["payload"].startswith("/")


def test_what_the_rules_say_leaves_yes_and_no_to_the_verdict() -> None:
    """What is said of a shop's product or delivery answers in whole sentences of its own."""
    own = {key for path in (ROOT / "bot" / "rules").glob("*.py") for match in KEY.finditer(path.read_text("utf-8")) for key in match.groups() if key}
    said = {key: RESPONSES[f"utter_{key}"][0]["text"] for key in own | {f"pair_{verdict}" for verdict in VERDICTS}}
    assert {key: text for key, text in said.items() if text.startswith(("Yes, ", "No, "))} == {}
