/* The open conversation: its changing parts are asked for and put in where they differ, so that nothing jumps. */

import { showTimes } from "./times.js";

const NEAR_END_PX = 120;
let asking = false;
let again = false;

export function openId() {
  return document.getElementById("talk")?.dataset.id;
}

function thread() {
  return document.querySelector(".thread");
}

function toEnd() {
  const place = thread();
  if (place) place.scrollTop = place.scrollHeight;
}

/** Take over lines of `fresh` that are new or another; those that are as they were stay the elements they are. */
function mergeLines(fresh) {
  const list = document.getElementById("lines");
  let place = list.firstElementChild;
  for (const line of [...fresh.children]) {
    const there = document.getElementById(line.id);
    if (there?.dataset.mark === line.dataset.mark) {
      if (there === place) place = place.nextElementSibling;
      else list.insertBefore(there, place);
    } else if (there) {
      if (there === place) place = place.nextElementSibling;
      there.replaceWith(line);
    } else list.insertBefore(line, place);
  }
  while (place) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
}

function replaceWhereOther(id, fresh) {
  const there = document.getElementById(id);
  const other = fresh.getElementById(id);
  if (!there || !other || there.dataset.state === other.dataset.state) return false;
  if (there.querySelector("details[open]")) return false;
  const focused = there.contains(document.activeElement) && document.activeElement.name;
  there.replaceWith(other);
  window.htmx.process(other);
  if (focused) other.querySelector(`[name="${focused}"]`)?.focus();
  return true;
}

/** Bring the open conversation up to date. */
export async function refresh() {
  const id = openId();
  if (!id) return;
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  const place = thread();
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_END_PX;
  try {
    const seen = document.visibilityState === "visible" ? "&seen=1" : "";
    const answer = await fetch(`lines?id=${encodeURIComponent(id)}${seen}`, { headers: { "HX-Request": "true" } });
    if (answer.headers.has("HX-Redirect")) location.assign("login");
    if (answer.ok) put(await answer.text(), atEnd);
  } catch {
    // No connection: the next event asks anew.
  } finally {
    asking = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function put(html, atEnd) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (!fresh.getElementById("lines")) return;
  const version = fresh.querySelector('[name="version"]')?.value; // the parts that are put in leave `fresh`, with their forms
  mergeLines(fresh.getElementById("lines"));
  replaceWhereOther("talk-head", fresh);
  if (replaceWhereOther("talk-foot", fresh)) document.body.dispatchEvent(new CustomEvent("desk:foot"));
  const context = fresh.getElementById("talk-context");
  const there = document.getElementById("talk-context");
  if (context && there.textContent !== context.textContent) {
    context.firstElementChild.open = there.firstElementChild.open;
    there.replaceWith(context);
    window.htmx.process(context);
  }
  syncVersions(version);
  showTimes();
  if (atEnd) toEnd();
}

/** Forms say which version was looked at; those that were not replaced are told the present one. */
function syncVersions(version) {
  if (version === undefined) return;
  for (const field of document.querySelectorAll('#talk [name="version"]')) field.value = version;
}

export function talk() {
  if (!openId()) return;
  const context = document.querySelector(".context details");
  if (matchMedia("(width < 1180px)").matches) context.open = false;
  toEnd();
  document.body.addEventListener("desk:done", refresh);
  document.body.addEventListener("desk:refused", refresh);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
}
