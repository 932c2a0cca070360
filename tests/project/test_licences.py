"""Everything that others made is named with a licence that may go with ours."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from bot import __version__
from bot.paths import KNOWLEDGE, ROOT
from scripts import third_party


def test_the_licence_is_apaches_own_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text and len(text) > 11_000


def test_no_licence_is_unknown() -> None:
    found = list(third_party.packages())
    assert len(found) > 150
    assert [one.name for one in found if not one.licence] == []


def test_the_page_is_what_is_pinned() -> None:
    assert third_party.TARGET.read_text(encoding="utf-8") == third_party.page(), "run scripts/notices"


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("MIT License", "MIT"),
        ("Apache Software License", "Apache-2.0"),
        ("MPL-2.0 AND MIT", "MPL-2.0 AND MIT"),
        ("Apache-2.0 OR BSD-3-Clause", "Apache-2.0 OR BSD-3-Clause"),
        ("GPL-3.0-or-later", ""),
        ("GNU General Public License v3 (GPLv3)", ""),
        ("AGPL-3.0 AND MIT", ""),
        ("Proprietary", ""),
        ("", ""),
    ],
)
def test_licences_that_may_not_go_with_ours_are_unknown(words: str, short: str) -> None:
    assert third_party.spdx(words) == short


def test_what_is_shipped_is_named_as_it_is() -> None:
    page = third_party.page()
    package = json.loads((ROOT / "bot" / "web" / "widget" / "package.json").read_text(encoding="utf-8"))
    for name, version in package["dependencies"].items():
        assert f"{name} {version}" in page
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:data|bot|tests)/[^`…]+)`", page):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"^- ((?:data|bot|tests)/\S+):", notice, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_sources_with_a_licence_are_credited() -> None:
    sources = yaml.safe_load((KNOWLEDGE / "sources.yml").read_text(encoding="utf-8"))
    licensed = {entry["publisher"].split(" (")[0].split()[0] for entry in sources.values() if "CC BY" in entry["publisher"]}
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert licensed and all(publisher in notice for publisher in licensed)


def test_the_version_stands_in_one_place() -> None:
    metadata = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic.version.attr = "bot.__version__"' in metadata and __version__ not in metadata
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in changelog and "## [Unreleased]" in changelog
