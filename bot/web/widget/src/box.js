import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { keepKeysInside } from "./keys.js";
import { fill } from "./language.js";

/** Where the shop wants a box to ask in; `HOST` is what we put there, with a closed tree of its own. */
const PLACES = "[data-glasskin-box]";
const HOST = "glasskin-box";
const MOST_OFFERED = 3;
const LONGEST = 500;
const LOOKS_AFTER_MS = 200;

/** A box in each place that has none, for as long as the page lives: `{turned}` is told of another product. BOX_STYLES is put in by the build. */
export async function boxes(launcher) {
  const { context } = launcher;
  await context.more();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(BOX_STYLES);
  let made = [];
  let soon = null;

  function look() {
    soon = null;
    made = made.filter(({ host }) => host.isConnected);
    for (const place of document.querySelectorAll(PLACES)) {
      if (!place.querySelector(HOST)) made.push(put(place, sheet, launcher));
    }
  }

  // What a framework swaps gets its box again.
  new MutationObserver(() => (soon ??= setTimeout(look, LOOKS_AFTER_MS))).observe(document.documentElement, { childList: true, subtree: true });
  look();
  return { turned: () => made.forEach(({ show }) => show()) };
}

function put(place, sheet, launcher) {
  const { context, context: { strings, locale, direction, theme } } = launcher;
  const host = el(HOST);
  const shadow = host.attachShadow({ mode: "closed" });
  shadow.adoptedStyleSheets = [sheet];
  const title = el("h2", { class: "gs-box-title", dir: "auto" });
  const offered = el("div", { class: "gs-box-offered" });
  const input = el("input", {
    class: "gs-box-input", type: "text", maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", dir: "auto",
    "aria-label": strings.boxLabel, placeholder: strings.boxLabel,
  });
  const send = el("button", { type: "submit", class: "gs-box-send", "aria-label": strings.boxSend, title: strings.boxSend }, icon("send"));
  const form = el("form", { class: "gs-box-field", novalidate: true }, input, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (!question) return void input.focus();
    input.value = "";
    // What somebody writes is read with the other messages; here it counts as a question of their own.
    launcher.ask(question, "box", "");
  });

  function show() {
    const { product } = context;
    title.textContent = product ? fill(strings.boxProduct, { product: product.title }) : strings.box;
    const [shown, sent] = product ? [strings.suggestionsProduct, strings.questionsProduct] : [strings.suggestions, strings.questions];
    offered.replaceChildren(...sent.slice(0, MOST_OFFERED).map((question, at) => {
      const whole = fill(question, { product: product?.title });
      return button("gs-box-chip", () => launcher.ask(whole, "box", question), { dir: "auto" }, shown[at] ?? whole);
    }));
  }

  show();
  shadow.append(el("section", { class: "gs-box", lang: locale, dir: direction, "data-theme": theme, "aria-label": strings.boxRegion }, title, offered, form));
  place.append(host);
  keepKeysInside(host, shadow);
  return { host, show };
}
