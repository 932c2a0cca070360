"""The widget in Debian's Firefox: opens, answers, keeps the conversation, closes, all by keyboard."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.browser.bidi import running_firefox
from tests.browser.driving import OPEN_SHADOW_TREES

ENTER, ESCAPE = "\ue007", "\ue00c"
ROOT = "document.querySelector('glasskin-chat')?.shadowRoot"
LOG = f"{ROOT}?.querySelector('[role=log]')?.textContent"


def test_a_conversation_in_firefox(server: str, tmp_path: Path) -> None:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        assert not os.environ.get("CI"), "CI needs Firefox"
        pytest.skip("no Firefox here: run scripts/browser as root")
    with running_firefox(path, tmp_path / "profile") as firefox:
        firefox.run_before_pages(f"() => {{ {OPEN_SHADOW_TREES} window.addEventListener('error', event => (window.__error = event.message)); }}")
        firefox.visit(server + "/products/haneul-dew-hyaluronic-ampoule")
        firefox.wait_for(f"{ROOT}?.querySelector('button') !== null && {ROOT} !== undefined")
        firefox.evaluate(f"{ROOT}.querySelector('button').focus()")
        firefox.type(ENTER)
        assert "Haneul Dew Hyaluronic Ampoule" in firefox.wait_for(LOG)
        firefox.wait_for(f"{ROOT}.activeElement?.localName === 'textarea'")
        firefox.type("Can I use an ampoule every day?" + ENTER)
        firefox.wait_for(f"{LOG}.includes('two to three times a week')")
        width = firefox.evaluate(f"{ROOT}.querySelector('dialog').getBoundingClientRect().width")
        assert round(width) == 400
        firefox.visit(server + "/")
        firefox.wait_for(f"{LOG}?.includes('two to three times a week')")
        firefox.evaluate(f"{ROOT}.querySelector('textarea').focus()")
        firefox.type(ESCAPE)
        firefox.wait_for(f"!{ROOT}.querySelector('dialog').open")
        assert firefox.evaluate("window.__error ?? null") is None
