"""A school of a test's own, with few kept questions, so that nothing takes long."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.home.folder import Home
from bot.rules.knowledge import load
from bot.settings import settings
from bot.teaching import school as school_module
from bot.teaching import taught as taught_module
from bot.teaching.at_home import encode
from bot.teaching.kept import Kept, unit
from bot.teaching.lessons import Does, Lesson, Wording
from bot.teaching.school import School

KNOWN = {
    "delivery_time": ["how long does delivery take", "when will my parcel arrive", "how many days is shipping", "delivery time to Canada", "is it fast"],
    "payment": ["can I pay with paypal", "do you take visa", "which cards do you accept", "is apple pay possible", "payment methods"],
    "together": ["can I use retinol with vitamin C", "does niacinamide go with acids", "may I layer two serums", "mixing BHA and AHA", "toner and essence both"],
    "what_is": ["what is an ampoule", "what does hyaluronic acid do", "explain essence", "tell me about snail mucin", "what's a toner"],
    "find_product": ["show me serums for dry skin", "do you have a sunscreen", "a gentle cleanser please", "something with niacinamide", "ampoules under 20"],
    "medical": ["I swallowed some cream what now", "is this rash dangerous", "my eye burns after the serum", "can it cure eczema", "my lips are swelling"],
    "loyalty": ["do you have a loyalty programme", "do I collect points", "how do points work", "is there a members club", "rewards for orders"],
}
CLASSES = (
    "do you offer skincare classes", "are there any workshops I can attend", "when is your next masterclass", "do you do live events or webinars",
    "how do I sign up for the skincare workshop", "where do the classes take place",
)
UNSAID = frozenset({"loyalty"})


@pytest.fixture(scope="session")
def kept() -> Kept:
    """A few kept questions."""
    texts = [text for some in KNOWN.values() for text in some]
    kinds = [kind for kind, some in KNOWN.items() for _ in some]
    return Kept(texts, kinds, np.array([kind == "medical" for kind in kinds]), unit(encode(texts)), "few")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where nothing was written yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def school(home: Home, tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> School:
    """A school over that folder."""
    for module in (school_module, taught_module):
        monkeypatch.setattr(module, "kept_questions", lambda *_: kept)
    return School(home, tmp_path, encode, lambda: load(settings().knowledge), frozenset({"delivery_time", "payment", "together"}), lambda: UNSAID)


def answer(*said: str, name: str = "our classes", say: str = "Every first Saturday, online.", **more: object) -> Lesson:
    """A lesson with an answer."""
    wordings = [Wording(said=one) for one in said or CLASSES]
    return Lesson(**{"id": "classes", "does": Does.ANSWER, "name": name, "say": say, "wordings": wordings, **more})
