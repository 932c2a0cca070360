import { button } from "./dom.js";
import { asList, isObject } from "./reading.js";

/**
 * Let some of the replies of `group`, made of `choices` in this order, be chosen before they are said together: those whose
 * payloads stand in `several.of`, `several.most` at a time. `onPress` hears the one message that they are.
 */
export function chooseSeveral(group, choices, several, onPress, { strings }) {
  const { of, most } = isObject(several) ? several : {};
  const together = new Map();
  choices.forEach((choice, place) => asList(of).includes(choice.payload) && together.set(group.children[place], choice.payload));
  if (together.size < 2) return;
  const chosen = () => [...together.keys()].filter((chip) => chip.getAttribute("aria-pressed") === "true");
  const go = button("gs-chip gs-chip-go", () => {
    const payload = chosen().map((chip) => together.get(chip)).join(", ");
    if (payload) onPress({ title: payload, payload });
  }, {}, strings.several);

  function show() {
    const full = chosen().length >= most;
    for (const chip of together.keys()) chip.setAttribute("aria-disabled", String(full && chip.ariaPressed !== "true"));
    go.setAttribute("aria-disabled", String(!chosen().length));
  }

  for (const chip of together.keys()) chip.setAttribute("aria-pressed", "false");
  // Before the chip's own listener, which would say it at once.
  group.addEventListener("click", (event) => {
    const chip = event.target.closest("button");
    if (!together.has(chip)) return;
    event.stopPropagation();
    const on = chip.getAttribute("aria-pressed") !== "true";
    if (!on || chosen().length < most) chip.setAttribute("aria-pressed", String(on));
    show();
  }, true);
  [...together.keys()].at(-1).after(go);
  show();
}
