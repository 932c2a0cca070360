const PRODUCT_PATH = /\/products?\/([^/]+)\/?$/;
const LOOKS_EVERY_MS = 500;

const watchers = new Set();
/** What was told of a page's product, by the page's address. */
const told = new Map();
let shown = null;
let address = "";

/** The path, also of a shop that keeps it behind "#". */
const path = () => (location.hash.startsWith("#/") ? location.hash.slice(1).split("?")[0] : location.pathname);
/** What makes it another page; on a product's own the rest of the address chooses its size or colour. */
const here = () => (PRODUCT_PATH.test(path()) ? path() : location.pathname + location.search);

function handleInPath() {
  try {
    return decodeURIComponent(PRODUCT_PATH.exec(path())?.[1] ?? "");
  } catch {
    return ""; // a broken escape in the page's own address
  }
}

/** "dew-ampoule" -> "Dew Ampoule" */
const titled = (handle) => handle.replace(/[-_]+/g, " ").replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()).trim();

function read({ product, title } = {}) {
  const handle = String(product ?? handleInPath());
  return handle ? { handle: handle.slice(0, 255), title: String(title || titled(handle)).slice(0, 255) } : null;
}

/** Look at the address; whoever watches hears of another product. */
function look() {
  address = here();
  const found = read(told.get(address));
  if (found?.handle === shown?.handle && found?.title === shown?.title) return;
  shown = found;
  for (const hear of watchers) hear();
}

/** The product of the page as it is now: `{handle, title}`, or null. */
export function currentProduct() {
  if (address !== here()) look();
  return shown;
}

/** The shop says what its page shows: `{product, title}`, or nothing for a page without a product. */
export function page(one) {
  told.set(here(), one?.product ? one : { product: "" });
  look();
}

/** Follow the pages of a shop that swaps them without loading; `hear()` is called at another product. */
export function followPages(first, hear) {
  if (first.product !== undefined) told.set(here(), first);
  look();
  watchers.add(hear);
  document.addEventListener("glasskin:page", (event) => page(event.detail));
  const follow = () => currentProduct();
  if (window.navigation) navigation.addEventListener("currententrychange", follow);
  // Nothing tells of pushState elsewhere.
  else setInterval(follow, LOOKS_EVERY_MS);
}
