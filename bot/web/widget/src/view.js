import { button, el } from "./dom.js";
import { icon } from "./icons.js";

export const LONGEST_MESSAGE = 6000;

/** A round button of the header. */
export function tool(label, shown, onPress) {
  return button("gs-tool", onPress, { "aria-label": label, title: label }, shown);
}

function header({ strings, logo, heading, tools }, tagline) {
  return el(
    "header",
    { class: "gs-header" },
    el("img", { class: "gs-logo", src: logo, alt: "", width: 40, height: 40 }),
    el(
      "div",
      { class: "gs-brand" },
      el(heading, { class: "gs-name" }, strings.name),
      tagline,
    ),
    ...tools,
  );
}

function composer({ strings }) {
  const input = el("textarea", {
    id: "gs-input", class: "gs-input", rows: 1, dir: "auto",
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

/** Build the empty chat and return its parts that change; `tools` are the header's buttons. */
export function buildView({ strings, logo, heading, tools, onToEnd }) {
  // A log that scrolls must be reachable by keyboard.
  const log = el("div", {
    class: "gs-log", role: "log", "aria-live": "polite", "aria-label": strings.conversation, tabindex: 0,
  });
  const status = el("p", { class: "gs-spoken", role: "status" });
  const banner = el("p", { class: "gs-banner", role: "status" });
  const toEnd = button("gs-to-end", onToEnd, { hidden: true }, icon("chevron", 90), strings.toEnd);
  const { form, input, send, count } = composer({ strings });
  const talk = el(
    "div",
    { class: "gs-talk" },
    banner,
    el("div", { class: "gs-log-frame" }, log, toEnd),
    status,
    form,
    el("p", { class: "gs-disclaimer" }, strings.disclaimer),
  );
  const tagline = el("p", { class: "gs-tagline", role: "status" }, strings.tagline);
  const chat = el("section", { class: "gs-chat", "aria-label": strings.name }, header({ strings, logo, heading, tools }, tagline), talk);
  return { chat, talk, tagline, log, status, banner, toEnd, form, input, send, count };
}
