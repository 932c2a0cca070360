import { safeAddress } from "./dom.js";
import { asList, isObject } from "./reading.js";

/** Addresses of a message's products -> `{product, way}`: its page or a link into the cart. */
function addresses(products, { page }) {
  const known = new Map();
  const put = (product, way, address) => {
    const href = safeAddress(address, page);
    if (href && product && !known.has(href)) known.set(href, { product, way });
  };
  for (const { handle, url, cart, links } of asList(products).filter(isObject)) {
    put(handle, "page", url);
    for (const one of [...asList(cart).map((one) => one?.url), ...asList(links)]) put(handle, "cart", one);
  }
  return known;
}

/**
 * Tell `onFollow({product, way})` of each link to a product that is followed in `entry`, on a card or in the text, also by the
 * middle button. The second click of a double one opens nothing new.
 */
export function follow(entry, products, context, onFollow) {
  const known = addresses(products, context);
  if (known.size === 0) return;
  const hear = (event) => {
    const followed = known.get(event.target.closest("a")?.href);
    if (followed && event.button < 2 && event.detail < 2) onFollow(followed);
  };
  for (const press of ["click", "auxclick"]) entry.addEventListener(press, hear);
}
