"""Which action answers which intent: read from the conversation rules, so that it is said in one place."""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache, lru_cache
from importlib import import_module
from typing import Dict

import yaml
from rasa_sdk import Action
from rasa_sdk.utils import all_subclasses

import actions
from bot.paths import DATA


@lru_cache(maxsize=1)
def action_of_intent() -> Dict[str, str]:
    """Intent to the name of its action, for the rules of just these two steps; forms and stories have no entry."""
    found = {}
    for path in sorted((DATA / "rules").glob("*.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8")).get("rules") or []:
            steps = rule["steps"]
            if len(steps) == 2 and "intent" in steps[0] and "action" in steps[1] and "condition" not in rule:
                found[steps[0]["intent"]] = steps[1]["action"]
    return found


@cache
def action_named(name: str) -> Action:
    """The project's action of this name.

    Raises:
        LookupError: when the package of actions has no such action.
    """
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        import_module(module.name)
    for found in all_subclasses(Action):
        if found.__module__.startswith("actions.") and not inspect.isabstract(found):
            action: Action = found()
            if action.name() == name:
                return action
    raise LookupError(f"No action is called {name}.")
