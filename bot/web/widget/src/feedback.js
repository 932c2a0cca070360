import { button, el } from "./dom.js";
import { icon } from "./answer_icons.js";

/** Thumbs up and down; down asks what was wrong. `onRate("up" | "down", reason?)` hears each choice; `given` is an earlier one. */
export function ratings(onRate, { strings }, given) {
  const root = el("div", { class: "gs-ratings" });
  const up = button("gs-rate", () => rate("up"), named(strings.helpful), icon("thumb"));
  const down = button("gs-rate", () => rate("down"), named(strings.unhelpful), icon("thumb", 180));
  const status = el("span", { class: "gs-rated", role: "status" });
  root.append(up, down, status);

  function press(value) {
    for (const [one, its] of [[up, "up"], [down, "down"]]) one.setAttribute("aria-pressed", String(its === value));
  }

  function rate(value) {
    press(value);
    root.querySelector(".gs-reasons")?.remove();
    status.textContent = value === "up" ? strings.thanks : "";
    onRate(value);
    if (value !== "down") return;
    root.append(reasons());
    root.lastChild.scrollIntoView({ block: "nearest" });
  }

  function reasons() {
    const choices = strings.reasons.map((reason) => button("gs-reason", () => settle(reason), {}, reason));
    return el(
      "div",
      { class: "gs-reasons", role: "group", "aria-label": strings.whyNot },
      el("p", {}, strings.whyNot),
      ...choices,
    );
  }

  function settle(reason) {
    onRate("down", reason);
    root.querySelector(".gs-reasons").remove();
    status.textContent = strings.thanks;
    down.focus();
  }

  press(given);
  return root;
}

function named(label) {
  return { "aria-label": label, title: label };
}
