"""A lesson is tried before it counts, counts at once, and goes back by one click; what is bad is refused with a sentence that says why."""

from __future__ import annotations

import pytest

from bot.answers.reviewing import meaning
from bot.home.folder import LESSONS, SHOP, Home, HomeError
from bot.teaching.at_home import encode
from bot.teaching.forgetting import forget_person, forgetting
from bot.teaching.lessons import Does, Lesson, Wording, mark_of, written
from bot.teaching.school import Past, School, Trial
from bot.teaching.taught import Taught
from tests.teaching.conftest import CLASSES, KNOWN, UNSAID, answer


def taught(school: School) -> Taught:
    """What a process finds that answers."""
    return Taught(school.home, school._folder, encode, lambda: UNSAID)


def found(school: School, text: str) -> str:
    """The lesson that a message is taken for."""
    lesson = taught(school).find(text)
    return lesson.id if lesson else ""


def past(text: str, people: int = 1, answered: bool = False, liked: bool = False) -> Past:
    """A message of the past."""
    return Past(text, meaning(text), people, answered, liked)


def test_a_lesson_is_known_in_other_words_at_once(school: School) -> None:
    before = taught(school)
    assert before.find("can I join a class") is None
    assert not school.teach(answer(), "Mina").refused
    for text in ("can I join a class", "is there a workshop next month", "WHERE do the classes take place??"):
        lesson = before.find(text)
        assert lesson is not None and lesson.say == "Every first Saturday, online.", text
    for texts in KNOWN.values():
        assert [text for text in texts if found(school, text)] == []
    assert [found(school, text) for text in ("", "?!", "hello", "x" * 5000)] == ["", "", "", ""]


def test_nothing_counts_before_it_is_taught(school: School) -> None:
    tried = school.trial(answer(), [past("when is the next class", 3), past("how long does delivery take", 9), past("is there a workshop", answered=True)])
    assert not tried.refused and tried.gained == ["when is the next class"] and tried.people == 3 and tried.changed == ["is there a workshop"]
    assert tried.kept == 35 and not tried.flips
    assert school.lessons() == [] and not school.home.folder.exists()


def test_a_lesson_goes_back_by_one_click(school: School) -> None:
    school.teach(answer(), "Mina")
    school.teach(answer("do you engrave bottles", "is engraving possible", "can you put initials on it", id="engraving"), "Joon")
    school.back(school.versions.all()[0].number, "Mina")
    assert [one.id for one in school.lessons()] == ["classes"] and found(school, "is engraving possible") == "" and found(school, "can I join a class")
    school.take_back("classes", "Mina")
    assert school.lessons() == [] and found(school, "can I join a class") == ""
    with pytest.raises(HomeError, match="not there"):
        school.take_back("classes", "Mina")
    assert [one.who for one in school.versions.all()] == ["Mina", "Mina", "Joon", "Mina"]


@pytest.mark.parametrize(
    ("lesson", "why"),
    [
        (answer(say="This class cures acne."), "medical claim"), (answer(say="Our serum heals damaged skin."), "medical claim"),
        (answer(say="You can use retinol when pregnant."), "pregnant"), (answer(say="You can use retinol every night."), "advice on an ingredient"),
        (answer(say="<script>alert(1)</script>"), "markup"), (answer(say="[here](javascript:alert(1))"), "markup"), (answer(say="See http://shop.example"), "not https"),
        (answer(say="Fine\u202e."), "nobody sees"), (answer(*CLASSES, CLASSES[0].upper()), "stands there twice"), (answer("<img src=x onerror=alert(1)>"), "markup"),
        (answer("/restart"), "command"), (answer("a?"), "too little"), (answer("is this rash dangerous"), "rash"), (answer("my eye burns after the serum"), "keeps people safe"),
        (answer("I swallowed some creme, what now?"), "keeps people safe"), (answer(*(f"is there a class number {number}" for number in range(61))), "at most 60"),
        (Lesson(id="x", does=Does.MEANT, kind="nothing", wordings=[Wording(said="paypal please")]), "from the list"),
        (Lesson(id="x", does=Does.MEANT, kind="delivery_time", wordings=[Wording(said="can I pay with PayPal?")]), "example of another question"),
        (Lesson(id="x", does=Does.ASIDE, wordings=[Wording(said="can it cure eczema?")]), "eczema"),
    ],
)  # fmt: skip
def test_a_bad_lesson_is_refused_with_a_sentence_that_says_why(school: School, lesson: Lesson, why: str) -> None:
    tried = school.teach(lesson, "Mina")
    assert any(why in one for one in tried.refused), tried.refused
    assert all(one.endswith((".", "”.")) for one in tried.refused) and school.lessons() == []


def test_a_wording_is_taught_once(school: School) -> None:
    school.teach(answer(), "Mina")
    tried = school.teach(answer(CLASSES[1].upper(), "are there courses", id="other"), "Mina")
    assert any("was taught already, under “our classes”" in one for one in tried.refused)
    assert not school.teach(answer(*CLASSES, "are there courses"), "Mina").refused, "the same lesson is changed"
    assert len(school.lessons()) == 1 and len(school.lessons()[0].wordings) == 7


def test_a_lesson_that_takes_too_much_is_refused(school: School) -> None:
    lesson = answer("can I pay with paypal?", "do you take visa?", "which cards do you accept?", "is apple pay possible?", "payment methods?", known_too=True)
    tried = school.trial(lesson)
    assert any("too many" in one for one in tried.refused), tried
    liked = school.trial(answer(), [past(f"workshop {number} please", answered=True, liked=True) for number in range(9)])
    assert any("too many" in one for one in liked.refused)


def test_what_it_knows_stays_unless_the_owner_says_so(school: School) -> None:
    one = answer("may I pay by paypal", "is paypal fine", "paypal accepted?")
    tried = school.trial(one)
    assert not tried.flips and "can I pay with paypal" in tried.staying
    assert school.trial(one.copy(update={"known_too": True})).flips


def test_a_topic_that_was_not_said_is_no_loss(school: School) -> None:
    tried = school.trial(answer("do I get points", "is there a loyalty programme", "bonus points for orders", topic="loyalty"))
    assert not tried.flips and not tried.refused


def test_an_answer_on_a_topic_is_what_the_shop_says(school: School) -> None:
    school.home.put(SHOP, "# mine\npolicies:\n  return:\n    say: Ten days. # short\n")
    school.teach(answer("do I get points", "is there a loyalty programme", topic="loyalty", say="One point a dollar."), "Mina")
    text = school.home.text(SHOP) or ""
    assert "# mine" in text and "# short" in text and "loyalty:\n    say: One point a dollar." in text
    school.take_back("classes", "Mina")
    assert "loyalty" not in (school.home.text(SHOP) or "") and "Ten days" in (school.home.text(SHOP) or "")


def test_a_topic_is_let_go_with_the_lesson_that_spoke_of_it(school: School) -> None:
    school.teach(answer(topic="loyalty", say="One point a dollar.", hand_over=True), "Mina")
    school.teach(answer(topic="loyalty", say="Two points a dollar."), "Mina")
    assert (school.home.text(SHOP) or "") == "topics:\n  loyalty:\n    say: Two points a dollar.\n"
    school.teach(answer(say="Two points a dollar."), "Mina")
    assert school.home.text(SHOP) is None


def test_what_the_owner_wrote_on_a_topic_stays(school: School) -> None:
    school.teach(answer(topic="loyalty", say="One point a dollar."), "Mina")
    school.home.put(SHOP, "topics:\n  loyalty: # mine\n    say: None yet.\n")
    school.teach(answer(topic="loyalty", say="Two points a dollar."), "Mina")
    school.take_back("classes", "Mina")
    school.teach(answer(topic="payment", say="By card."), "Mina")
    assert school.home.text(SHOP) == "topics:\n  loyalty: # mine\n    say: None yet.\n"


def test_two_who_teach_at_once_take_nothing_from_each_other(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = answer("do you engrave bottles", "is engraving possible"), answer("are there gift boxes", "can it be wrapped")
    tried = school.trial

    def meanwhile(*one: object, **more: object) -> Trial:
        found = tried(*one, **more)  # type: ignore[arg-type]
        monkeypatch.setattr(school, "trial", tried)
        school.teach(first, "Joon", new=True)
        return found

    monkeypatch.setattr(school, "trial", meanwhile)
    assert not school.teach(second, "Mina", new=True).refused
    assert [one.id for one in school.lessons()] == ["our-classes", "our-classes-2"]
    school.take_back("our-classes", "Mina")
    monkeypatch.setattr(school, "trial", meanwhile)
    again = school.teach(first.copy(update={"say": "Of course."}), "Mina", new=True)
    assert any("was taught already" in one for one in again.refused) and "Of course." not in (school.home.text(LESSONS) or "")


def test_what_is_meant_is_a_kind(school: School) -> None:
    school.teach(Lesson(id="x", does=Does.MEANT, kind="payment", wordings=[Wording(said="is klarna a thing here"), Wording(said="klarna?? do you have it")]), "Mina")
    lesson = taught(school).find("do you have klarna")
    assert lesson is not None and lesson.kind == "payment"


def test_who_is_erased_is_in_no_lesson_and_no_way_back(school: School, home: Home) -> None:
    mine = Wording(said="my secret way to ask for classes", people=[mark_of(home.key(), "rest:me")])
    school.teach(answer().copy(update={"wordings": [*answer().wordings, mine]}), "Mina")
    school.teach(answer("do you engrave bottles", "is engraving possible", id="engraving"), "Mina")
    assert forget_person(home, "rest:you") == 0
    assert forgetting(home.folder)("rest:me") == 1
    everything = "".join(path.read_text(encoding="utf-8") for path in home.folder.rglob("*") if path.suffix in (".yml", ".json"))
    assert "secret" not in everything and not home.learned.exists()
    school.back(2, "Mina")
    assert "secret" not in (home.text(LESSONS) or "") and found(school, "can I join a class")
    assert [one.who for one in school.versions.all()] == ["Mina", "Mina", "Mina"]


def test_a_picture_named_in_the_file_stays_with_a_change_at_the_desk(school: School) -> None:
    school.teach(answer(), "Mina")
    school.home.put(LESSONS, written([school.lessons()[0].copy(update={"picture": "map.png"})]))
    assert not school.teach(answer(say="Every second Saturday."), "Mina", new=False).refused
    (lesson,) = school.lessons()
    assert (lesson.picture, lesson.say) == ("map.png", "Every second Saturday.")
