import { button, el, spoken } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { clock } from "./time.js";

export function timeStamp(at, { locale }) {
  return el("time", { class: "gs-time", datetime: at.toISOString() }, clock(at, locale));
}

/** Text with **bold** in it; how answers are shown is loaded with the first one. */
export function plainMessage({ text, at }, context) {
  const parts = text.split("**").map((part, place) => (place % 2 ? el("strong", {}, part) : part));
  return el(
    "div",
    { class: "gs-entry" },
    spoken(context.strings.botSaid),
    el("div", { class: "gs-bubble gs-text gs-plain", dir: "auto" }, ...parts),
    el("div", { class: "gs-foot", "aria-live": "off" }, timeStamp(at, context)),
  );
}

/** What the person wrote or pressed, shown as the characters it is. */
export function personMessage({ text, at }, context) {
  return el(
    "div",
    { class: "gs-entry gs-entry-person" },
    spoken(context.strings.youSaid),
    el("div", { class: "gs-bubble gs-text", dir: "auto" }, text),
    el("div", { class: "gs-foot", "aria-live": "off" }, timeStamp(at, context)),
  );
}

/** The replies to choose from as one group of chips, or null; `onPress` gets `{title, payload}`, `about` names a product. */
export function chips(choices, onPress, { strings }, about = null) {
  if (choices.length === 0) return null;
  const head = about ? el("p", { class: "gs-chips-about", dir: "auto" }, fill(strings.aboutProduct, { product: about })) : null;
  const made = choices.map((choice) => button("gs-chip", () => onPress(choice), { dir: "auto" }, choice.title));
  return el("div", { class: "gs-chips", role: "group", "aria-label": strings.suggestedReplies }, head, ...made);
}

/** Three dots while the assistant works; screen readers hear it from the status line instead. */
export function typingIndicator() {
  const dots = [1, 2, 3].map(() => el("span", { class: "gs-dot" }));
  return el(
    "div",
    { class: "gs-entry", "aria-hidden": "true" },
    el("div", { class: "gs-bubble gs-typing" }, ...dots),
  );
}

/** A line between two days. */
export function dayLine(text) {
  return el("p", { class: "gs-day" }, el("span", {}, text));
}

/** That a message waits for the connection. */
export function waitingNote({ strings }) {
  return el("p", { class: "gs-waiting" }, strings.waiting);
}

/** What happened to a message and what can be done about it: `actions` is `[{title, onPress}]`. */
export function failureNote(title, sentence, actions) {
  const made = actions.map((action) => button("gs-action", action.onPress, {}, action.title));
  return el(
    "div",
    { class: "gs-failure" },
    el("p", { class: "gs-failure-title" }, icon("warning"), title),
    el("p", {}, sentence),
    el("div", { class: "gs-actions" }, ...made),
  );
}
