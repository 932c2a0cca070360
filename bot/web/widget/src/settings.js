const THEMES = ["light", "dark", "auto"];
const PRODUCT_PATH = /\/products?\/([^/]+)\/?$/;

const oneOf = (choices, value) => (choices.includes(value) ? value : choices.at(-1));

function handleInPath() {
  try {
    return decodeURIComponent(PRODUCT_PATH.exec(location.pathname)?.[1] ?? "");
  } catch {
    return ""; // a broken escape in the page's own address
  }
}

/** "dew-ampoule" -> "Dew Ampoule" */
const titled = (handle) => handle.replace(/[-_]+/g, " ").replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()).trim();

/**
 * What the shop's page says in the `data-` attributes of its script, all optional: server, product (handle),
 * product-title, lang, strings, theme (light, dark, auto), side (end, start), container (a selector: the chat then
 * fills that element). A product's handle is also taken from addresses such as /products/<handle>.
 */
export function readSettings(script, loader) {
  const { server, product, productTitle, lang, strings, theme, side, container } = script.dataset;
  const handle = product ?? handleInPath();
  return {
    server: new URL(server ? `${server.replace(/\/$/, "")}/` : "../", server ? document.baseURI : loader),
    product: handle ? { handle: handle.slice(0, 255), title: (productTitle || titled(handle)).slice(0, 255) } : null,
    lang: lang || null,
    strings: strings || null,
    theme: oneOf(THEMES, theme),
    side: side === "start" ? "start" : "end",
    container: container ? document.querySelector(container) : null,
  };
}
