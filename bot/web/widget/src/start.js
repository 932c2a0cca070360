import { el } from "./dom.js";
import { chooseLanguage } from "./language.js";
import { Launcher } from "./launcher.js";
import { Panel } from "./panel.js";
import { readSettings } from "./settings.js";

const HOST = "glasskin-chat";

/**
 * Put the chat on the page whose script has the address `loader`. Everything lives in a closed shadow tree: the page's
 * styles do not reach in, and neither do its scripts.
 */
export async function start(loader) {
  const script = [...document.scripts].find((one) => one.src === loader);
  if (!script || document.querySelector(HOST)) return;
  const settings = readSettings(script, loader);
  const host = el(HOST);
  // At once, so that a second script finds it.
  (settings.container ?? document.body).append(host);
  const shadow = host.attachShadow({ mode: "closed" });
  const language = await chooseLanguage(settings.lang, settings.strings);
  shadow.adoptedStyleSheets = [styles()];
  const root = el("div", {
    class: settings.container ? "gs-root gs-root-page" : "gs-root",
    lang: language.locale, dir: language.direction, "data-theme": settings.theme, "data-side": settings.side,
  });
  shadow.append(root);
  const context = {
    ...settings, ...language, shadow, root,
    page: document.baseURI,
    logo: new URL("logo.svg", import.meta.url).href,
  };
  if (settings.container) Panel.fill(context);
  else new Launcher(context);
}

/**
 * The styles, constructed: a page's policy against inline style does not reach them, and they style nothing but the tree
 * that adopts them. STYLES is put in by the build.
 */
function styles() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  return sheet;
}
