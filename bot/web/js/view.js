import { button, el } from "./dom.js";
import { icon } from "./icons.js";

export const LONGEST_MESSAGE = 6000;

function header({ strings, logo, heading, onRestart }) {
  return el(
    "header",
    { class: "gs-header" },
    el("img", { class: "gs-logo", src: logo, alt: "", width: 40, height: 40 }),
    el(
      "div",
      { class: "gs-brand" },
      el(heading, { class: "gs-name" }, strings.name),
      el("p", { class: "gs-tagline" }, strings.tagline),
    ),
    button(
      "gs-restart",
      onRestart,
      { "aria-label": strings.restart, title: strings.restart },
      icon("restart"),
      el("span", { class: "gs-restart-text" }, strings.restart),
    ),
  );
}

function composer(strings) {
  const input = el("textarea", {
    id: "gs-input", class: "gs-input", rows: 1, maxlength: LONGEST_MESSAGE,
    placeholder: strings.inputPlaceholder, autocomplete: "off", enterkeyhint: "send",
    "aria-describedby": "gs-count",
  });
  const count = el("p", { id: "gs-count", class: "gs-count" });
  const send = el("button", { type: "submit", class: "gs-send", "aria-label": strings.send }, icon("send"));
  const form = el(
    "form",
    { class: "gs-composer", novalidate: true },
    el("label", { for: "gs-input", class: "gs-spoken" }, strings.inputLabel),
    el("div", { class: "gs-field" }, input, send),
    count,
  );
  return { form, input, send, count };
}

/**
 * Build the empty chat inside `root` and return the parts that change. Nothing is looked up in the document, so
 * `root` may as well be inside a shadow tree.
 */
export function buildView({ root, strings, logo, heading, onRestart }) {
  // A log that scrolls must be reachable by keyboard.
  const log = el("div", {
    class: "gs-log", role: "log", "aria-live": "polite", "aria-label": strings.conversation, tabindex: 0,
  });
  const status = el("p", { class: "gs-spoken", role: "status" });
  const { form, input, send, count } = composer(strings);
  const chat = el(
    "section",
    { class: "gs-chat", "aria-label": strings.name },
    header({ strings, logo, heading, onRestart }),
    log,
    status,
    form,
    el("p", { class: "gs-disclaimer" }, strings.disclaimer),
  );
  root.replaceChildren(chat);
  return { chat, log, status, form, input, send, count };
}
