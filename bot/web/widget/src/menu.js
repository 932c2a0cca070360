import { button, el } from "./dom.js";
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
