import { el } from "./dom.js";
import { keepKeysInside } from "./keys.js";
import { chooseLanguage } from "./language.js";
import { Launcher } from "./launcher.js";
import { currentProduct, followPages } from "./page.js";
import { Panel } from "./panel.js";
import { readSettings } from "./settings.js";

export { page } from "./page.js";

const HOST = "glasskin-chat";
let begun = false;
let shown = null;

/** Ask the assistant, as from a button of the shop's page; without a question the chat only opens. */
export const ask = (question = "") => shown?.ask(question);

/**
 * Put the chat on the page whose script has the address `loader`. Everything lives in a closed shadow tree: the page's
 * styles do not reach in, and neither do its scripts.
 */
export async function start(loader) {
  if (begun || document.querySelector(HOST)) return;
  begun = true;
  const settings = readSettings(loader);
  const host = el(HOST);
  // A script in the head of a slow page runs before there is a body; our place is behind it.
  if (!document.body) await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  const again = stay(host, settings.container);
  if (!again) return;
  const shadow = host.attachShadow({ mode: "closed" });
  const language = await chooseLanguage(settings.lang, settings.strings);
  shadow.adoptedStyleSheets = [sheet(STYLES)];
  const root = el("div", {
    class: settings.container ? "gs-root gs-root-page" : "gs-root",
    lang: language.locale, dir: language.direction, "data-theme": settings.theme, "data-side": settings.side,
  });
  shadow.append(root);
  const context = {
    ...settings, ...language, shadow, root,
    get product() {
      return currentProduct();
    },
    adopt(styles) {
      const made = sheet(styles);
      shadow.adoptedStyleSheets.push(made);
      return made;
    },
    page: document.baseURI,
    logo: new URL("../logo", import.meta.url).href,
  };
  keepKeysInside(host, shadow);
  followPages(settings.first, () => shown?.turned());
  shown = settings.container ? Panel.fill(context) : new Launcher(context);
  again(shown);
}

/**
 * Put the host in its place and bring it back whenever the page loses it: behind the body, where neither a swapped body
 * nor one that is transformed reaches it, or in the container. Gives the function that is told who must know of a
 * return; null where another script was first.
 */
function stay(host, selector) {
  let part = null;
  const put = () => {
    const place = selector ? document.querySelector(selector) : document.documentElement;
    if (host.isConnected || !place || document.querySelector(HOST)) return;
    place.append(host);
    part?.restored();
  };
  put();
  if (!host.isConnected && document.querySelector(HOST)) return null;
  if (!host.isConnected) console.warn(`Glasskin: there is no element ${selector} yet to fill`);
  const watch = new MutationObserver(() => {
    // Another page's document element wants watching, too.
    if (!selector) observe();
    put();
  });
  const observe = () => {
    if (selector) return watch.observe(document, { childList: true, subtree: true });
    watch.observe(document, { childList: true });
    return watch.observe(document.documentElement, { childList: true });
  };
  observe();
  return (one) => (part = one);
}

/**
 * The styles, constructed: a page's policy against inline style does not reach them, and they style nothing but the tree
 * that adopts them. STYLES is put in by the build.
 */
function sheet(styles) {
  const made = new CSSStyleSheet();
  made.replaceSync(styles);
  return made;
}
