"""The set-up of the settings' shop, as far as it is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.home.folder import Home
from bot.set_up.draft import Draft
from bot.settings import Settings
from bot.yaml_files import read_yaml


def draft_of(chosen: Settings) -> Draft:
    """The set-up. What the project's own file says counts in it unless that is the sample shop's.

    Raises:
        HomeError: a file of the owner's cannot be read.
        YamlFileError: the project's cannot.
    """
    project = read_yaml(chosen.shop)
    own = project if isinstance(project, Mapping) and not project.get("sample") else None
    return Draft(Home(chosen.home), own)
