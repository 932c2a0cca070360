"""Five subjects that the assistant does not know, taught from a week's messages: `python -m benchmarks.teaching [--kept 400] [--subjects second.yml]`.

On the real server over REST, each message a conversation of its own. Twelve messages a subject are asked in vain and taught (`subjects.yml`, `week`);
then ten further wordings of each are asked; of `second.yml` eight are taught, and no limit was set by it. Before and after, the messages with which the tested conversations begin are asked: which answers change, and whether
one about safety is among them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.answers.shop.asked_topics import shop_topics, unsaid_topics
from bot.desk.review.groups import Groups
from bot.home.folder import Home
from bot.paths import DATA
from bot.rules.knowledge import load
from bot.settings import settings
from bot.store.database import Database
from bot.store.policies import load_shop
from bot.store.reviews import Looking, Wanted, Wordings
from bot.teaching.at_home import encode
from bot.teaching.kept import SAFETY_TALKS, TALKS
from bot.teaching.lessons import Does, Lesson, Wording
from bot.teaching.school import School
from tests.conftest import Assistant, free_port, running_server

FOLDER, SUBJECTS = Path(__file__).parent, "subjects.yml"
RESULTS = FOLDER.parent / "results" / "teaching.json"


def main() -> None:
    """Runs it and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=int, default=10_000, help="so many kept questions at most")
    parser.add_argument("--subjects", default=SUBJECTS, help="file of subjects in benchmarks/teaching")
    chosen = parser.parse_args()
    most = chosen.kept
    subjects: dict[str, Any] = yaml.safe_load((FOLDER / chosen.subjects).read_text(encoding="utf-8"))
    questions = list(_kept())[:most]
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        with running_server(folder, port):
            address = f"http://127.0.0.1:{port}"
            before = [(text, safe, _answer(address, text)) for text, safe in questions]
            asked = {key: [_answer(address, text) for text in one["week"]] for key, one in subjects.items()}
            time.sleep(2.0)  # what is kept for review is written beside the answers
            figures = _groups(folder / "var" / "shop.sqlite", subjects)
            figures.update(_teach(folder / "var", subjects))
            answers = {key: [_answer(address, text) for text in one["others"]] for key, one in subjects.items()}
            after = [(text, safe, old, _answer(address, text)) for text, safe, old in before]
    right = {key: [one["say"] in answer for answer in answers[key]] for key, one in subjects.items()}
    flips = [(text, safe) for text, safe, old, new in after if old != new]
    figures.update({
        "other wordings answered right": f"{sum(map(sum, right.values()))} of {sum(map(len, right.values()))}",
        "by subject": {key: sum(one) for key, one in right.items()},
        "not right": [text for key, one in subjects.items() for text, is_right in zip(one["others"], right[key]) if not is_right],
        "kept questions that changed": f"{len(flips)} of {len(after)} ({100 * len(flips) / max(1, len(after)):.2f} %)",
        "of these about safety": sum(safe for _, safe in flips), "changed": [text for text, _ in flips],
        "asked before": sum(map(len, asked.values())),
    })  # fmt: skip
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(figures, indent=1, ensure_ascii=False))


def _kept() -> Iterator[tuple[str, bool]]:
    """The first message of each tested conversation, and whether it is one about safety."""
    for path in sorted(TALKS.glob("*.yml")):
        talks = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for talk in talks.values():
            text = talk[0].get("user") if isinstance(talk, list) and talk and isinstance(talk[0], dict) else None
            if isinstance(text, str):
                yield text, path.stem in SAFETY_TALKS


def _answer(address: str, text: str) -> str:
    return Assistant(address).text(text)


def _groups(path: Path, subjects: dict[str, Any]) -> dict[str, Any]:
    """Where the subjects stand among what was asked in vain."""
    database = Database(f"sqlite:///{path}")
    try:
        found, count = Groups(Looking(database), Wordings(database)).ranked(Wanted(), 0, 60)
    finally:
        database.dispose()
    of = {text.casefold(): key for key, one in subjects.items() for text in one["week"]}
    lacking = dict.fromkeys(subjects, 0)
    first: dict[str, int] = {}
    for place, group in enumerate(found, 1):
        for text, _ in group.wordings:
            key = of.get(text.casefold())
            if key:
                lacking[key] += 1
                first.setdefault(key, place)
    return {"groups": count, "left without an answer": lacking, "first group of each": first}


def _teach(var: Path, subjects: dict[str, Any]) -> dict[str, Any]:
    chosen, shop = settings(), load_shop(DATA / "shop.yml")
    unsaid = frozenset(unsaid_topics(shop, shop_topics(shop)))
    school = School(Home(var / "home"), chosen.models, encode, lambda: load(chosen.knowledge), frozenset(), lambda: unsaid)
    began, refused = time.monotonic(), {}
    school.kept()
    known = time.monotonic() - began
    for key, one in subjects.items():
        lesson = Lesson(id=key.replace("_", "-"), does=Does.ANSWER, name=one["name"], say=one["say"], wordings=[Wording(said=text) for text in one["week"]])
        tried = school.teach(lesson, "benchmark")
        if tried.refused:
            refused[key] = list(tried.refused)
    return {"refused": refused, "s for the kept questions": round(known, 1), "s a lesson": round((time.monotonic() - began - known) / len(subjects), 2)}


if __name__ == "__main__":
    main()
