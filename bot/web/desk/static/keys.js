/* Single keys as shortcuts. They can be switched off (WCAG 2.1.4), as speech input would press them by chance. */

import { leave, pick, write } from "./composer.js";
import { openShortcuts } from "./menus.js";

const KEPT = "glasskin-desk-keys";
const isOn = () => localStorage.getItem(KEPT) !== "off";

function move(by) {
  const rows = [...document.querySelectorAll(".row")];
  const here = rows.findIndex((row) => row === document.activeElement);
  const open = rows.findIndex((row) => row.hasAttribute("aria-current"));
  rows[Math.min(rows.length - 1, Math.max(0, (here < 0 ? open : here) + by))]?.focus();
}

const press = (key) => document.querySelector(`[data-key="${key}"]`)?.requestSubmit();

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.getElementById("search").focus(),
  t: () => press("t"),
  b: () => press("b"),
  e: () => press("e"),
  r: () => write("reply"),
  n: () => write("note"),
  c: () => pick("canned"),
  p: () => pick("picks"),
  "?": openShortcuts,
};

export function keys() {
  const choice = document.querySelector('[data-act="keys"]');
  choice.checked = isOn();
  choice.addEventListener("change", () => localStorage.setItem(KEPT, choice.checked ? "on" : "off"));
  for (const hint of document.querySelectorAll(".keys-hint")) hint.hidden = !isOn() || matchMedia("(pointer: coarse)").matches;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!leave() && document.activeElement?.id === "search") document.activeElement.blur();
      for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
      return;
    }
    const writes = event.target.closest("input, textarea, select, dialog");
    if (!isOn() || writes || event.ctrlKey || event.metaKey || event.altKey || !ACTS[event.key]) return;
    event.preventDefault();
    ACTS[event.key]();
  });
}
