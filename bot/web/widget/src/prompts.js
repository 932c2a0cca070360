import { icon } from "./answer_icons.js";
import { button, el } from "./dom.js";
import { fill } from "./language.js";
import { asList, isObject } from "./reading.js";
import { kept, tab } from "./storage.js";

const REFUSED = "noprompts";
const PROMPTED = "prompted";
const LOOKS_EVERY_MS = 1000;
const LONGEST_TEXT = 140;
/** Pages of a shop by their address; where somebody pays nothing is said. */
const KINDS = {
  cart: /\/(cart|basket|bag)(\/|$)/,
  list: /^\/$|\/(collections?|categor(y|ies)|product-category|shop|products)(\/|$)/,
};
/** What is said by itself: after so many seconds without a movement, or so far down the page in per cent. */
const OWN = [
  { page: "product", seconds: 20, scroll: 60 },
  { page: "cart", seconds: 30, scroll: 101, ask: "How long does delivery take?" },
  { page: "list", seconds: 30, scroll: 70, ask: "Help me choose" },
];

/** Styles of our own, in the tree that the button lives in; PROMPT_STYLES is put in by the build. */
const dress = ({ adopt }) => adopt(PROMPT_STYLES);

/** The shop's own rules, a JSON list or the address of one; else ours, in the language of the chat. */
async function rules(source, { prompts }) {
  if (!/[[/.]/.test(source)) return OWN.map((one) => ({ ...one, text: prompts[one.page] }));
  try {
    const own = source.trim().startsWith("[") ? JSON.parse(source) : await (await fetch(source)).json();
    return asList(own).filter((one) => isObject(one) && typeof one.text === "string" && one.text);
  } catch (error) {
    console.warn(`Glasskin: data-prompts could not be read: ${error.message}`);
    return [];
  }
}

/** "/collections/*" and the like, a kind of page, or any; what names the page's product wants one. */
function fits({ page = "any", text }, { product }) {
  if (!product && text.includes("{product}")) return false;
  const path = location.pathname;
  if (page.includes("/")) return new RegExp(`^${page.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(path);
  if (page === "any") return true;
  if (page === "product" || product) return page === "product" && product !== null;
  return KINDS[page]?.test(path) ?? false;
}

/** How far down somebody has scrolled, in per cent; nothing where they have not. */
function depth() {
  const { scrollHeight } = document.documentElement;
  return scrollY > 0 ? ((scrollY + innerHeight) / scrollHeight) * 100 : 0;
}

/**
 * Offer help in one sentence above the button, once a visit, to who has not talked here and has not refused it for good.
 */
export async function prompts(launcher) {
  const { context } = launcher;
  const hushed = () => kept.read(REFUSED) || tab.read(PROMPTED) || kept.read("session");
  if (hushed()) return;
  await context.more();
  const known = await rules(context.prompts, context.strings);
  let moved = Date.now();
  const stirs = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];
  const stir = () => (moved = Date.now());
  for (const sign of stirs) window.addEventListener(sign, stir, { passive: true });
  const timer = setInterval(() => {
    if (hushed()) return stop();
    if (document.visibilityState !== "visible" || launcher.button.hidden) return stir();
    const still = (Date.now() - moved) / 1000;
    const rule = known.find((one) => fits(one, context));
    if (rule && (still >= (rule.seconds ?? 30) || depth() >= (rule.scroll ?? 101))) {
      stop();
      show(launcher, rule);
    }
    return undefined;
  }, LOOKS_EVERY_MS);

  function stop() {
    clearInterval(timer);
    for (const sign of stirs) window.removeEventListener(sign, stir);
  }
}

function show(launcher, { text, ask }) {
  const { context, context: { strings, root, product } } = launcher;
  const said = fill(text, { product: product?.title }).slice(0, LONGEST_TEXT);
  const leave = () => {
    gone.disconnect();
    shown.remove();
    launcher.announce("");
  };
  const yes = button("gs-prompt-text", () => {
    leave();
    launcher.ask(typeof ask === "string" ? ask : "", "prompt", text);
  }, { dir: "auto" }, said);
  const no = button("gs-prompt-no", () => {
    kept.write(REFUSED, "yes");
    leave();
    launcher.button.focus();
  }, { "aria-label": strings.promptNo, title: strings.promptNo }, icon("no"));
  const shown = el("div", { class: "gs-prompt", role: "group", "aria-label": strings.promptLabel }, yes, no);
  const gone = new MutationObserver(leave); // the chat was opened in another way
  tab.write(PROMPTED, "yes");
  dress(context);
  root.append(shown);
  gone.observe(launcher.button, { attributes: true, attributeFilter: ["hidden"] });
  launcher.announce(said);
}
