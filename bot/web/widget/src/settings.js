const THEMES = ["light", "dark", "auto"];
const FILE = /\/widget\/glasskin\.js$/;
const NO_TAG =
  "Glasskin: its script tag is not on the page, so put what data- attributes would say into its address: glasskin.js?lang=ko";

const oneOf = (choices, value) => (choices.includes(value) ? value : choices.at(-1));
/** "product-title" -> "productTitle" */
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** What is said in the `data-` attributes of the script, or, where it is loaded without one, in its address. */
function said(loader) {
  const scripts = [...document.scripts];
  const script = scripts.find((one) => one.src === loader) ?? scripts.find((one) => FILE.test(one.src.split(/[?#]/)[0]));
  const words = [...new URL(loader).searchParams].filter(([, value]) => value);
  if (!script && !words.length) console.warn(NO_TAG);
  return { ...Object.fromEntries(words.map(([name, value]) => [camel(name), value])), ...script?.dataset };
}

/**
 * What the shop's page says, all optional: server, product (handle), product-title, lang, strings, theme (light, dark,
 * auto), side (end, start), container (a selector: the chat then fills that element), prompts (that it offers help by itself).
 */
export function readSettings(loader) {
  const { server, product, productTitle, lang, strings, theme, side, container, prompts } = said(loader);
  return {
    server: new URL(server ? `${server.replace(/\/$/, "")}/` : "../", server ? document.baseURI : loader.split(/[?#]/)[0]),
    first: { product, title: productTitle },
    lang: lang || null,
    strings: strings || null,
    theme: oneOf(THEMES, theme),
    side: side === "start" ? "start" : "end",
    container: container || null,
    prompts,
  };
}
