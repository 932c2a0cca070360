"""Runs axe-core, as the package axe-playwright-python carries it, on a page and all its shadow trees."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core objects to: rule, help, and the elements concerned."""
    # Evaluated in the page's own world but not as a script element, so the page's policy may stay as it is.
    page.evaluate(SOURCE)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(found => found.violations)",
        RULES,
    )
    return [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']]}" for one in found]
