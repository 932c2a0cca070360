import { button, el } from "./dom.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { tool } from "./view.js";

/** A small menu behind three dots: `items` is `[{label, onPress}]`. */
export function menu({ strings }, items) {
  const opener = el("summary", { class: "gs-tool", "aria-label": strings.more, title: strings.more }, icon("more"));
  const made = items.map((item) =>
    el("li", {}, button("gs-menu-item", () => choose(item), {}, item.label)));
  const root = el("details", { class: "gs-menu" }, opener, el("ul", { class: "gs-menu-list" }, ...made));

  function choose(item) {
    root.open = false;
    opener.focus();
    item.onPress();
  }

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return;
    event.preventDefault();
    root.open = false;
    opener.focus();
  });
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) root.open = false;
  });
  return root;
}

/** A switch for the tone of new messages. */
export function soundSwitch({ strings }, sound) {
  const control = tool("", null, () => {
    sound.set(!sound.isOn());
    show();
  });
  function show() {
    const on = sound.isOn();
    const label = on ? strings.soundOff : strings.soundOn;
    control.replaceChildren(icon(on ? "soundOn" : "soundOff"));
    control.setAttribute("aria-label", label);
    control.title = label;
  }
  show();
  return control;
}

/** The note on privacy with the button that deletes the conversation, which asks once more. */
export function privacySheet({ strings }, { onBack, onErase }) {
  const sure = el("div", { class: "gs-sure" });
  const erase = button("gs-action", () => ask(), {}, strings.erase);
  const back = tool(strings.back, icon("chevron", 180), onBack);
  const heading = el("h3", { class: "gs-sheet-title", tabindex: -1 }, strings.privacy);
  const sheet = el(
    "div",
    { class: "gs-sheet", role: "region", "aria-label": strings.privacy },
    el("div", { class: "gs-sheet-head" }, back, heading),
    el("div", { class: "gs-text" }, format(strings.privacyText)),
    sure,
  );
  const reset = () => sure.replaceChildren(erase);

  function ask() {
    const keep = button("gs-action", () => {
      reset();
      erase.focus();
    }, {}, strings.eraseNo);
    const go = button("gs-action gs-action-grave", onErase, {}, strings.eraseYes);
    const question = el("p", { tabindex: -1 }, strings.eraseSure);
    sure.replaceChildren(question, el("div", { class: "gs-actions" }, go, keep));
    question.focus();
  }

  reset();
  return { sheet, heading };
}
