"""`glasskin init` asks what the shop is like, checks each answer, keeps it at once and writes it into the owner's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.home.folder import SHOP, Home
from bot.home.versions import Versions
from bot.set_up.draft import Draft
from bot.set_up.questions import QUESTIONS, AnswerError, countries, currency, email, said, ways
from bot.settings import settings
from bot.store.policies import load_shop
from tests.cli.conftest import Run

ANSWERS = {
    "name": "Testari", "about": "", "currency": "eur", "contact.email": "care@testari.example", "contact.phone": "-", "contact.hours": "Monday to Friday, 9 to 5",
    "contact.address": "", "delivers_to": "USA, Canada, EU", "policies.delivery_area.say": "", "policies.delivery_time.say": "Three to five days.",
    "policies.delivery_cost.say": "5 EUR.", "policies.carrier.say": "-", "policies.return.say": "Within 14 days, unopened.", "policies.refund.say": "-",
    "policies.report_problem.say": "We replace it.", "policies.order_status.say": "See the tracking link.", "policies.cancel_order.say": "-",
    "policies.change_order.say": "-", "pays_with": "Visa, paypal, Apple Pay", "policies.payment.say": "",
    "policies.how_to_order.say": "-", "policies.discount.say": "-", "policies.authenticity.say": "-",
}


def typed(count: int = len(ANSWERS)) -> str:
    """So many answers, as they are typed."""
    return "".join(f"{ANSWERS[one.key]}\n" for one in QUESTIONS[:count])


def written(var: Path) -> Any:
    """What stands in the owner's file."""
    return yaml.safe_load(Home(var / "home").text(SHOP) or "")


def test_a_shop_is_set_up(run: Run, var: Path) -> None:
    done = run("init", answer=typed())
    assert done.exit_code == 0, done.output
    shop = load_shop(settings().shop, settings().home)
    assert (shop.name, shop.about, shop.currency, shop.sample) == ("Testari", "Testari is an online shop for skincare.", "EUR", False)
    assert (shop.contact.email, shop.contact.phone, shop.contact.address) == ("care@testari.example", "", "")
    assert shop.delivers_to[:2] == ["US", "CA"] and len(shop.delivers_to) == 29 and shop.pays_with == ["visa", "paypal", "apple_pay"]
    assert shop.policies["delivery_area"].say == "We deliver to United States and Canada and the EU." and "carrier" not in shop.policies
    assert shop.policies["payment"].say == "The shop takes Visa, PayPal and Apple Pay." and not shop.topics
    assert "Testari is set up" in done.output and "narrower questions are not answered yet" in done.output
    assert [one.what for one in Versions(Home(var / "home")).all()] == ["Shop set up"]
    checked = run("shop", "check")
    assert checked.exit_code == 1 and "no policy for 'refund'" in checked.output and "contact" not in checked.output.replace("only the contact", "")


def test_it_goes_on_where_it_was_left(run: Run, var: Path) -> None:
    stopped = run("init", answer=typed(5))
    assert stopped.exit_code == 1 and "What was answered is kept" in stopped.output and Home(var / "home").text(SHOP) is None
    going_on = run("init", answer="".join(f"{ANSWERS[one.key]}\n" for one in QUESTIONS[5:]))
    assert going_on.exit_code == 0 and "5 of 23 questions are answered" in going_on.output
    assert written(var)["name"] == "Testari" and written(var)["contact"]["hours"] == "Monday to Friday, 9 to 5"
    assert Draft(Home(var / "home")).answers == {} and "23 questions." in run("init", answer="").output


def test_it_begins_anew(run: Run, var: Path) -> None:
    run("init", answer="Wrong name\n")
    assert run("init", "--again", answer=typed()).exit_code == 0 and written(var)["name"] == "Testari"


def test_a_second_time_proposes_what_is_there_and_keeps_the_rest(run: Run, var: Path) -> None:
    run("init", answer=typed())
    home = Home(var / "home")
    home.put(SHOP, "# mine\n" + (home.text(SHOP) or "") + "topics:\n  gift_cards:\n    say: From 10 EUR.\n")
    answers = ["Testari Two", *[""] * (len(QUESTIONS) - 1)]
    answers[[one.key for one in QUESTIONS].index("policies.return.say")] = "-"
    assert run("init", answer="".join(f"{one}\n" for one in answers)).exit_code == 0
    now = written(var)
    assert now["name"] == "Testari Two" and now["contact"]["email"] == "care@testari.example" and now["pays_with"] == ["visa", "paypal", "apple_pay"]
    assert "return" not in now["policies"] and now["policies"]["delivery_time"]["say"] == "Three to five days."
    assert now["topics"]["gift_cards"]["say"] == "From 10 EUR." and (home.text(SHOP) or "").startswith("# mine")
    assert [one.who == "by hand" for one in Versions(home).all()] == [False, True, False]


def test_an_answer_that_cannot_be_used_is_asked_again(run: Run, var: Path) -> None:
    answers = typed().replace("eur\n", "euros\neur\n").replace("USA, Canada, EU", "Germny\nUSA, Canada, EU", 1)
    done = run("init", answer="\n" + answers)
    assert done.exit_code == 0, done.output
    assert "This is needed." in done.output and "euros is no currency" in done.output and "Did you mean germany?" in done.output


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (currency, "dollars", "no currency"), (email, "care", "no e-mail"), (email, "a@b", "no e-mail"), (email, "a b@c.de", "no e-mail"), (countries, "Atlantis", "no country"),
        (countries, "worldwide", "leave it empty"), (ways, "shells", "no way to pay"), (said, "Our cream heals acne.", "medical claim"), (said, "x" * 501, "longer"),
    ],
)
def test_what_is_wrong_is_said(read: Any, text: str, told: str) -> None:
    with pytest.raises(AnswerError, match=told):
        read(text)


def test_names_are_understood() -> None:
    assert countries("usa; south korea, DE,UK") == ["US", "KR", "DE", "GB"] and len(countries("EU, France")) == 27
    assert ways("VISA, pay pal") == ["visa", "paypal"]
