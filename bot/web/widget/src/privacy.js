/** PRIVACY_STYLES is put in by the build. */
import { button, el } from "./dom.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { tool } from "./view.js";

export const styles = PRIVACY_STYLES;

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
