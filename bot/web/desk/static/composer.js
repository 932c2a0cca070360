/* Writing: drafts that survive, what may be sent along, signs that somebody writes. */

import { openId } from "./talk.js";

const TYPING_EVERY_MS = 3000;
const DRAFT = "glasskin-desk-draft:";
let saidTyping = 0;

const form = () => document.getElementById("composer");
const words = () => form()?.querySelector("textarea");
const picker = () => document.getElementById("picker");
const isNote = () => new FormData(form()).get("kind") === "note";

function draft(text) {
  const key = DRAFT + openId();
  if (text === undefined) return sessionStorage.getItem(key) ?? "";
  if (text) sessionStorage.setItem(key, text);
  else sessionStorage.removeItem(key);
  return text;
}

function showKind() {
  const field = words();
  const text = isNote() ? "note" : "reply";
  field.placeholder = field.dataset[text];
  field.setAttribute("aria-label", isNote() ? "Private note" : "Your reply");
}

/** Begin an act of writing: `kind` is "reply" or "note". */
export function write(kind) {
  const choice = form()?.querySelector(`[name="kind"][value="${kind}"]`);
  if (!choice) return;
  choice.checked = true;
  showKind();
  words().focus();
}

function insert(text) {
  const field = words();
  const gap = field.value && !/\s$/.test(field.value.slice(0, field.selectionStart)) ? " " : "";
  field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
  draft(field.value);
  field.focus();
}

function attach({ handle, title }) {
  const list = document.getElementById("attached");
  if (list.querySelector(`[value="${CSS.escape(handle)}"]`)) return;
  const item = document.createElement("li");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "product", value: handle });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  remove.setAttribute("aria-label", `Leave out ${title}`);
  remove.addEventListener("click", () => item.remove());
  item.append(field, title, remove);
  list.append(item);
  words().focus();
}

function closePicker() {
  const place = picker();
  if (!place || place.hidden) return false;
  place.hidden = true;
  place.replaceChildren();
  for (const tool of document.querySelectorAll('[aria-controls="picker"]')) tool.setAttribute("aria-expanded", "false");
  return true;
}

/** Open "canned" or "picks" above the composer. */
export async function pick(what) {
  const tool = document.querySelector(`[data-act="${what}"]`);
  if (!tool || tool.getAttribute("aria-expanded") === "true") {
    closePicker();
    return;
  }
  closePicker();
  await window.htmx.ajax("GET", what, { target: "#picker", swap: "innerHTML" });
  tool.setAttribute("aria-expanded", "true");
  picker().hidden = false;
  picker().querySelector("input").focus();
}

/** What Escape does while something is open or written; whether there was anything. */
export function leave() {
  if (closePicker()) {
    words()?.focus();
    return true;
  }
  if (document.activeElement === words()) {
    words().blur();
    return true;
  }
  return false;
}

function typing() {
  if (isNote() || Date.now() - saidTyping < TYPING_EVERY_MS) return;
  saidTyping = Date.now();
  const sent = new URLSearchParams({ id: openId(), csrf: document.body.dataset.csrf });
  fetch("typing", { method: "POST", body: sent }).catch(() => {});
}

function sent() {
  const field = words();
  if (!field) return;
  field.value = draft("");
  saidTyping = 0;
  document.getElementById("attached").replaceChildren();
  form().elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}

function begin() {
  const field = words();
  if (!field) return;
  field.value ||= draft();
  for (const tool of form().querySelectorAll("[data-act]")) tool.hidden = false;
}

export function composing() {
  if (!openId()) return;
  begin();
  document.body.addEventListener("desk:foot", begin);
  document.addEventListener("input", ({ target }) => {
    if (target !== words()) return;
    draft(target.value);
    if (target.value) typing();
  });
  document.addEventListener("change", ({ target }) => target.name === "kind" && showKind());
  document.addEventListener("keydown", (event) => {
    if (event.target !== words() || event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (matchMedia("(pointer: coarse)").matches && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    form().requestSubmit();
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt === form() && detail.successful) sent();
  });
  document.addEventListener("click", ({ target }) => {
    const tool = target.closest('[data-act="canned"], [data-act="picks"]');
    if (tool) pick(tool.dataset.act);
    else if (target.closest('[data-act="unpick"]')) leave();
    const chosen = target.closest(".pick");
    if (!chosen) return;
    closePicker();
    if (chosen.dataset.handle) attach(chosen.dataset);
    else insert(chosen.dataset.text);
  });
}
