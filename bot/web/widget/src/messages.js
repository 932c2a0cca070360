import { button, el, spoken } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { asList, isObject } from "./reading.js";
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

/**
 * The replies to choose from as one group of chips, or null; `onPress` gets `{title, payload}`, `about` names a product.
 * `several` is `{of: payloads, most}`: of these so many may be chosen before they are said together.
 */
export function chips(choices, onPress, { strings }, about = null, several = null) {
  if (choices.length === 0) return null;
  const head = about ? el("p", { class: "gs-chips-about", dir: "auto" }, fill(strings.aboutProduct, { product: about })) : null;
  const { of, most } = isObject(several) ? several : {};
  const together = choices.filter(({ payload }) => asList(of).includes(payload));
  const chosen = new Set();
  const go = together.length > 1 ? button("gs-chip gs-chip-go", () => chosen.size && onPress(joined(together.filter((one) => chosen.has(one)))), {}, strings.several) : null;
  const made = new Map(choices.map((choice) => [choice, button("gs-chip", () => press(choice), { dir: "auto" }, choice.title)]));

  function press(choice) {
    if (!go || !together.includes(choice)) return void onPress(choice);
    if (!chosen.delete(choice) && chosen.size < most) chosen.add(choice);
    show();
  }

  function show() {
    for (const choice of together) {
      made.get(choice).setAttribute("aria-pressed", String(chosen.has(choice)));
      made.get(choice).setAttribute("aria-disabled", String(chosen.size >= most && !chosen.has(choice)));
    }
    go.setAttribute("aria-disabled", String(!chosen.size));
  }

  if (go) show();
  const [few, rest] = go ? [together, choices.filter((one) => !together.includes(one))] : [choices, []];
  const shown = [...few.map((one) => made.get(one)), go, ...rest.map((one) => made.get(one))];
  return el("div", { class: "gs-chips", role: "group", "aria-label": strings.suggestedReplies }, head, ...shown);
}

/** Several answers as the one message that they are. */
const joined = (choices) => {
  const payload = choices.map((one) => one.payload).join(", ");
  return { title: payload, payload };
};

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
    el("p", { class: "gs-failure-title" }, icon("careful"), title),
    el("p", {}, sentence),
    el("div", { class: "gs-actions" }, ...made),
  );
}
