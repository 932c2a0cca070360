"""The shop's policies: what its owner wrote is said, and mistakes are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from bot.paths import DATA
from bot.store.policies import Shop, ShopError, load_shop

SMALL: dict[str, Any] = {
    "name": "Testari",
    "about": "A shop.",
    "currency": "EUR",
    "contact": {"email": "care@testari.example", "phone": "+1", "hours": "never", "address": "nowhere"},
    "policies": {"return": {"say": "Within 30 days.", "more": ["Unopened."], "hand_over": True}},
}


def load(folder: Path, content: Any) -> Shop:
    """The shop of a file with this content."""
    path = folder / "shop.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_shop(path)


def test_the_owners_words_are_kept(tmp_path: Path) -> None:
    shop = load(tmp_path, SMALL)
    policy = shop.policy("return")
    assert policy is not None
    assert (policy.say, policy.more, policy.hand_over) == ("Within 30 days.", ["Unopened."], True)
    assert (shop.name, shop.contact.email) == ("Testari", "care@testari.example")


def test_what_the_owner_did_not_write_is_not_there(tmp_path: Path) -> None:
    shop = load(tmp_path, SMALL | {"policies": {"refund": {"say": "In five days."}}})
    assert shop.policy("return") is None
    refund = shop.policy("refund")
    assert refund is not None and not refund.hand_over and refund.more == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"name": ""}, "name"),
        ({"currency": "euro"}, "currency"),
        ({"contact": {"email": "care@testari.example", "fax": "1"}}, "contact.fax"),
        ({"policies": {"return": {"say": "  "}}}, "policies.return.say"),
        ({"policies": {"return": {"say": "x" * 501}}}, "policies.return.say"),
        ({"policies": {"return": {"says": "Within 30 days."}}}, "policies.return.says"),
        ({"policies": {"return": {"say": "Yes.", "hand_over": "perhaps"}}}, "policies.return.hand_over"),
        ({"colour": "green"}, "colour"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, Any], named: str) -> None:
    with pytest.raises(ShopError) as caught:
        load(tmp_path, SMALL | change)
    assert f"{named}: " in str(caught.value) and "shop.yml" in str(caught.value)


@pytest.mark.parametrize("field", SMALL)
def test_nothing_may_be_missing(tmp_path: Path, field: str) -> None:
    with pytest.raises(ShopError, match=f"{field}: field required"):
        load(tmp_path, {key: value for key, value in SMALL.items() if key != field})


@pytest.mark.parametrize("content", [b"", b"- a\n", b"a: [", b"\xff\xfe\xfa", b"a: !!python/object:os.system {}\n"])
def test_a_file_that_is_no_shop_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop.yml"
    path.write_bytes(content)
    with pytest.raises(ShopError, match=r"shop\.yml"):
        load_shop(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ShopError, match=r"nowhere\.yml cannot be read"):
        load_shop(tmp_path / "nowhere.yml")


def test_policies_cannot_be_changed_while_running(tmp_path: Path) -> None:
    shop = load(tmp_path, SMALL)
    with pytest.raises(TypeError):
        shop.name = "Another"  # type: ignore[misc]


def test_every_policy_of_the_shop_answers_a_kind_of_question() -> None:
    intents = {path.stem for path in (DATA / "nlu").glob("*.yml")}
    shop = load_shop(DATA / "shop.yml")
    assert shop.policies
    assert [kind for kind in shop.policies if not {kind, f"ask_{kind}"} & intents] == []


def test_every_country_delivered_to_is_one() -> None:
    shop = load_shop(DATA / "shop.yml")
    territories = Locale("en").territories
    assert shop.delivers_to and all(code in territories for code in shop.delivers_to)
