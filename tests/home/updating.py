"""A project whose files a test may change, and an owner with forty changes of their own over them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.home.folder import SHOP, Home
from bot.home.project import Project
from bot.home.versions import Versions
from bot.paths import DATA, KNOWLEDGE

WORDING, BRANDS = "responses/en.yml", "knowledge/brands.yml"


class Changing:
    """A copy of the project's files."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder / "shop.yml", folder / "knowledge", folder / "responses")
        content = yaml.safe_load((DATA / "shop.yml").read_text(encoding="utf-8"))
        self.project.shop.write_text(yaml.safe_dump({**content, "sample": False}), encoding="utf-8")
        shutil.copytree(KNOWLEDGE, self.project.knowledge)
        shutil.copytree(DATA / "responses", self.project.responses)

    def shop(self, change: Callable[[Any], object]) -> None:
        """An update of the shop's file."""
        self._change(self.project.shop, change)

    def wording(self, change: Callable[[Any], object]) -> None:
        """An update of all wording of one file."""
        self._change(self.project.responses / "en" / "desk.yml", lambda content: change(content["wording"]))

    def brands(self, change: Callable[[Any], object]) -> None:
        """An update of the brands that the project knows."""
        self._change(self.project.knowledge / "brands.yml", change)

    @staticmethod
    def _change(path: Path, change: Callable[[Any], object]) -> None:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def own_changes(home: Home, changing: Changing) -> dict[str, str]:
    """Forty changes of an owner's, each made by itself: policies and topics, wording, brands. Gives the files' texts after them."""
    shop = yaml.safe_load(changing.project.shop.read_text(encoding="utf-8"))
    policies = [("policies", name, "say") for name in shop["policies"]][:10]
    topics = [("topics", name, "say") for name in shop["topics"] if "say" in shop["topics"][name]][: 20 - len(policies)]
    wording = list(yaml.safe_load((changing.project.responses / "en" / "desk.yml").read_text(encoding="utf-8"))["wording"].items())
    texts = [(key, entry) for key, entry in wording if isinstance(entry, str)][:15]
    content: dict[str, Any] = {SHOP: {}, WORDING: {"wording": {}}, BRANDS: {}}

    def write(file: str, what: str) -> None:
        text = yaml.safe_dump(content[file], allow_unicode=True)
        Versions(home).change("Mina", what, lambda _: {file: text})

    for one, name, field in (*policies, *topics):
        content[SHOP].setdefault(one, {})[name] = {field: f"My {name}."}
        write(SHOP, name)
    for key, text in texts:
        content[WORDING]["wording"][key] = f"Mine: {text}"
        write(WORDING, key)
    for number in range(5):
        content[BRANDS][f"own_{number}"] = {"name": f"Own {number}"}
        write(BRANDS, f"own_{number}")
    assert len(policies) + len(topics) + len(texts) + 5 == 40
    return {name: home.text(name) or "" for name in (SHOP, WORDING, BRANDS)}
