"""The owner teaches from what was asked: shown first, refused with a sentence, live at once, taken back by a click. No agent sees it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from bot.desk.members import Role
from bot.home.folder import LESSONS, SHOP, Home
from bot.settings import settings
from bot.store.database import Database
from bot.store.privacy import Privacy
from bot.teaching.at_home import encode
from bot.teaching.forgetting import forgetting
from bot.teaching.kept import kept_questions
from bot.teaching.lessons import parsed
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_review import HOSTILE, asked, keep

PODCAST = ("do you have a podcast", "is there a podcast of yours", "where can I listen to your podcast", "podcast?", "do you publish podcasts")
SAY = "Our podcast is under Listen on our site."
CARDS = ("do you sell gift cards", "can I buy a gift card for my mum", "gift cards?")


@pytest.fixture(scope="module", autouse=True)
def kept() -> None:
    """The kept questions are looked up before anybody waits for a page."""
    kept_questions(settings().models, encode)


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


def ask(desk: Rooms) -> None:
    """Has questions asked in vain, each by somebody else."""
    keep(desk, *(asked(text, 10 + number, sender=f"web-{number}", outcome="lost") for number, text in enumerate(PODCAST)))
    keep(desk, *(asked(text, 30 + number, sender=f"web-c{number}", outcome="unsaid", topic="gift cards") for number, text in enumerate(CARDS)))
    keep(desk, asked("how long does delivery take", 50, sender="web-x"), asked("any podcasts from you", 51, sender="web-y", outcome="answered"))


def form(**more: str) -> dict[str, str]:
    """What the form sends."""
    return {"does": "answer", "wordings": "\n".join(PODCAST), "name": "our podcast", "say": SAY, "act": "try", **more}


def tried(page: str) -> str:
    """The mark of what was tried, as its page sends it along."""
    found = re.search(r'name="tried" value="([0-9a-f]*)"', page)
    assert found is not None
    return found[1]


def teach(owner: Browser, **more: str) -> None:
    """Tries a lesson and makes it live."""
    shown = owner.post("teach", form(**more))
    assert shown.status_code == 200, re.findall(r"<li>([^<]*)", shown.text)
    assert owner.post("teach", form(**{**more, "act": "teach", "tried": tried(shown.text)})).status_code == 303


def test_only_owners_teach(desk: Rooms, owner: Browser, home: Home) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in ("teach", "lessons", "own.zip"):
        assert (agent.get(path).status_code, stranger.get(path).status_code) == (403, 303), path
    assert agent.post("teach", form()).status_code == agent.post("lessons", {"act": "take_back", "id": "x"}).status_code == 403
    assert owner.post("teach", form(), proof="wrong").status_code == 403 and home.text(LESSONS) is None


def test_a_group_is_taught_from_what_it_holds(desk: Rooms, owner: Browser, home: Home) -> None:
    ask(desk)
    link = re.search(r'href="(teach\?q=[^"]*podcast[^"]*)"', owner.get("groups").text)
    assert link is not None
    begun = owner.get(link[1]).text
    for text in PODCAST:
        assert text in begun, text
    shown = owner.post("teach", form())
    assert "<strong>5</strong> people would have got an answer" in shown.text and "none would change" in shown.text and "Our podcast is" in shown.text
    assert "answered and would get this instead" in shown.text and "any podcasts from you" in shown.text
    assert home.text(LESSONS) is None, "nothing counts before it is made live"
    assert owner.post("teach", form(act="teach", tried=tried(shown.text))).headers["Location"] == "lessons?told=taught"
    (lesson,) = parsed(home.text(LESSONS))
    assert (lesson.id, lesson.name, lesson.say, len(lesson.wordings)) == ("our-podcast", "our podcast", SAY, 5) and all(len(one.people) == 1 for one in lesson.wordings)
    assert "web-" not in (home.text(LESSONS) or "")
    assert "You have taught an answer" in owner.get("groups").text


def test_nothing_is_live_that_was_not_shown(desk: Rooms, owner: Browser, home: Home) -> None:
    shown = owner.post("teach", form())
    other = owner.post("teach", form(act="teach", tried=tried(shown.text), say="Something else."))
    assert other.status_code == 200 and "Something else." in other.text and home.text(LESSONS) is None
    assert owner.post("teach", form(act="teach", tried="")).status_code == 200 and home.text(LESSONS) is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"say": "Our podcast cures acne."}, "medical claim"), ({"say": ""}, "Write the answer"), ({"say": HOSTILE}, "markup"), ({"wordings": ""}, "at least one"),
        ({"wordings": f"{PODCAST[0]}\n{PODCAST[0]}?"}, "twice"), ({"does": "meant", "kind": ""}, "from the list"), ({"does": "meant", "kind": "nothing"}, "from the list"),
        ({"wordings": "my face is swelling after your serum"}, "swelling"), ({"wordings": HOSTILE}, "markup"), ({"say": "x" * 501}, "longer"), ({"wordings": "y" * 301}, "longer"),
    ],
)
def test_a_bad_lesson_is_refused_with_a_sentence(owner: Browser, home: Home, changed: dict[str, str], why: str) -> None:
    shown = owner.post("teach", form(**changed))
    assert shown.status_code == 422 and 'role="alert"' in shown.text
    assert any(why in one for one in re.findall(r"<li>([^<]*)</li>", shown.text)), shown.text
    assert "<script>alert" not in shown.text and "Make it live" not in shown.text
    owner.post("teach", form(**{**changed, "act": "teach", "tried": tried(shown.text)}))
    assert home.text(LESSONS) is None


def test_personal_detail_is_masked(owner: Browser, home: Home) -> None:
    teach(owner, wordings=f"{PODCAST[0]}\nmail me your podcast at sofia@example.com\npodcast for order 104321?")
    text = home.text(LESSONS) or ""
    assert "[e-mail]" in text and "[number]" in text and "sofia" not in text and "104321" not in text


def test_an_answer_on_an_unsaid_topic_becomes_the_shops(desk: Rooms, owner: Browser, home: Home) -> None:
    ask(desk)
    begun = owner.get("teach?q=do+you+sell+gift+cards").text
    assert 'name="topic" value="gift_cards"' in begun and "all that your shop says on gift cards" in begun
    teach(owner, wordings="\n".join(CARDS), name="gift cards", say="From 10 to 100 USD.", topic="gift_cards")
    assert "gift_cards" in (home.text(SHOP) or "") and parsed(home.text(LESSONS))[0].topic == "gift_cards"


def test_a_lesson_is_changed_and_taken_back(owner: Browser, home: Home) -> None:
    teach(owner)
    page = owner.get("teach?id=our-podcast").text
    assert SAY in page and 'value="our-podcast"' in page and "Change a lesson" in page
    teach(owner, id="our-podcast", say="It is on every app.")
    assert [one.say for one in parsed(home.text(LESSONS))] == ["It is on every app."]
    assert owner.post("lessons", {"act": "back", "number": "2"}).status_code == 303
    assert [one.say for one in parsed(home.text(LESSONS))] == [SAY]
    assert owner.post("lessons", {"act": "take_back", "id": "our-podcast"}).status_code == 303
    assert parsed(home.text(LESSONS)) == [] and "Nothing was taught yet" in owner.get("lessons").text
    shown = owner.get("lessons?told=taken").text
    assert "The lesson is taken back." in shown and shown.count("Mina") >= 4
    for wrong in ({"act": "take_back", "id": "x"}, {"act": "back", "number": "99"}, {"act": "back", "number": "²"}, {"act": ""}):
        assert owner.post("lessons", wrong).status_code == 422, wrong


def test_the_files_come_as_one(owner: Browser) -> None:
    teach(owner)
    answer = owner.get("own.zip")
    assert answer.headers["Content-Type"] == "application/zip" and "attachment" in answer.headers["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == [LESSONS]


def test_who_is_erased_takes_their_words_along(desk: Rooms, owner: Browser, home: Home) -> None:
    ask(desk)
    teach(owner)
    database: Database = desk.talks._database
    privacy = Privacy(database.url, database.url, forgetting(home.folder))
    privacy.erase("web-0")
    privacy.dispose()
    assert [one.said for one in parsed(home.text(LESSONS))[0].wordings] == list(PODCAST[1:])
    everything = "".join(path.read_text(encoding="utf-8") for path in home.folder.rglob("*.json"))
    assert PODCAST[0] not in everything and PODCAST[1] in everything


def test_who_is_erased_takes_edited_words_along(desk: Rooms, owner: Browser, home: Home) -> None:
    ask(desk)
    teach(owner)
    teach(owner, id="our-podcast", wordings="\n".join([f"{PODCAST[0]} please", *PODCAST[1:]]))
    assert all(len(one.people) == 1 for one in parsed(home.text(LESSONS))[0].wordings)
    forgetting(home.folder)("web-0")
    assert [one.said for one in parsed(home.text(LESSONS))[0].wordings] == list(PODCAST[1:])


def test_odd_addresses_teach_nothing(owner: Browser) -> None:
    for query in ("q=", "q=%00", f"q={HOSTILE}", "q=" + "x" * 3000, "id=nowhere", "q=never+said"):
        page = owner.get(f"teach?{query}")
        assert page.status_code == 200 and "<script>alert" not in page.text, query


def test_pages_are_light(desk: Rooms, owner: Browser) -> None:
    ask(desk)
    teach(owner)
    assert all(len(owner.get(path).content) < 100_000 for path in ("teach?q=podcast", "lessons"))


def test_a_broken_file_is_told(owner: Browser, home: Home) -> None:
    home.put(LESSONS, "- broken: [")
    assert owner.get("lessons").status_code == 503 and "not YAML" in owner.get("lessons").text
    assert owner.post("teach", form()).status_code == 503
