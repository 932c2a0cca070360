"""Documents are true: links lead somewhere, settings and commands are those that there are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.app import app
from bot.paths import ROOT
from bot.settings import ENVIRONMENT_ONLY, known_names
from tests.cli.conftest import Run

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
FENCE = re.compile(r"```.*?```", re.DOTALL)


def documents() -> list[Path]:
    """Every page that is kept in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


PAGES = documents()


def links(page: Path) -> list[str]:
    """Where the page's links to other files and headings lead."""
    found = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return [one or other for one, other in found if not re.match(r"[a-z]+:", one or other)]


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in headings(target), f"{page.name}: {link}"


def test_every_page_of_docs_is_found_from_the_readme() -> None:
    linked = {(ROOT / link.partition("#")[0]).resolve() for link in links(ROOT / "README.md")}
    pages = {page for page in PAGES if page.parent == ROOT / "docs" or page.parent == ROOT}
    assert pages - {ROOT / "README.md"} <= linked


def test_every_setting_is_explained() -> None:
    explained = set(re.findall(r"`([A-Z][A-Z_]+)(?:=\S*)?`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    known = {*known_names(), *ENVIRONMENT_ONLY}
    assert known - explained == set()
    assert explained - known == set()


def commands(group: Any, before: str = "") -> set[str]:
    """Every command as it is typed behind `glasskin`."""
    found: set[str] = set()
    for name, command in group.commands.items():
        found |= {before + name} | (commands(command, f"{before}{name} ") if hasattr(command, "commands") else set())
    return found


def test_every_command_that_is_named_exists() -> None:
    known = commands(typer.main.get_command(app))
    for page in PAGES:
        for first, second in re.findall(r"`(?:\.venv/bin/)?glasskin ([a-z]+)(?: ([a-z][a-z-]*))?", page.read_text(encoding="utf-8")):
            assert first in known, f"{page.name}: glasskin {first}"
            if any(name.startswith(f"{first} ") for name in known):
                assert f"{first} {second}" in known, f"{page.name}: glasskin {first} {second}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for name in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")):
            assert name in targets, f"{page.name}: make {name}"


def test_the_readmes_own_product(run: Run, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    written = re.search(r"```\n(title,price,.*?)```", text, re.DOTALL)
    assert written is not None
    (tmp_path / "mine.csv").write_text(written.group(1), encoding="utf-8")
    assert run("import", tmp_path / "mine.csv", "--deactivate-missing").exit_code == 0
    listed = run("products", "list", "--with", "niacinamide").stdout
    assert "Pine Needle Ampoule" in listed and "1 of 1 products" in listed


def test_the_topic_that_the_pages_show_can_be_used(tmp_path: Path) -> None:
    import yaml

    from bot.answers.shop.asked_topics import own_topics, shop_topics
    from bot.nlu.hearing import hearer
    from bot.paths import DATA
    from bot.store.policies import load_shop
    from bot.understanding.asked_check import mistakes
    from tests.understanding.reading import frame, reader

    shown = re.search(r"```yaml\n(topics:.*?)```", (ROOT / "docs" / "products.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    content = yaml.safe_load((DATA / "shop.yml").read_text(encoding="utf-8"))
    content["topics"] |= yaml.safe_load(shown.group(1))["topics"]
    (tmp_path / "shop.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    shop = load_shop(tmp_path / "shop.yml")
    topics = shop_topics(shop)
    found = topics.find(frame("can it be engraved?"))
    assert found is not None and found.name == "engraving"
    assert mistakes(topics, reader(), hearer(), "shop.yml", own_topics(shop)) == []
