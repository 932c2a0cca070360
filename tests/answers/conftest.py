"""The sample shop, once for all tests of services."""

from __future__ import annotations

from typing import Callable, Iterator

import pytest

from bot.answers.resources import Resources
from bot.nlu.subjects import SubjectExtractor
from bot.rules.advice import Profile
from tests.answers.talking import NOBODY, Talk
from tests.sample_shop import opened

NewTalk = Callable[..., Talk]


@pytest.fixture(scope="session")
def sample_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    """The sample shop in a database of its own."""
    resources = opened(tmp_path_factory.mktemp("shop"))
    yield resources
    resources.database.dispose()


@pytest.fixture(scope="session")
def extractor(sample_shop: Resources) -> SubjectExtractor:
    """Finds subjects and the shop's names, with nothing learned."""
    names = str(sample_shop.chosen.product_names)
    return SubjectExtractor({**SubjectExtractor.get_default_config(), "product_names": names})


@pytest.fixture
def new_talk(sample_shop: Resources, extractor: SubjectExtractor) -> NewTalk:
    """Begins a conversation, of a person where one is given."""

    def begin(person: Profile = NOBODY) -> Talk:
        return Talk(sample_shop, extractor, person)

    return begin


@pytest.fixture
def talk(new_talk: NewTalk) -> Talk:
    """A conversation with somebody who told nothing yet."""
    return new_talk()
