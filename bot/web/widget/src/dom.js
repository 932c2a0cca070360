/**
 * Make an element. Attributes that are null, undefined or false are left out, true stands for an empty one;
 * children are nodes or text, and text always becomes a text node, so nothing from a message is ever parsed
 * as markup.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A real button that calls `onPress`. */
export function button(className, onPress, attributes = {}, ...children) {
  const node = el("button", { type: "button", class: className, ...attributes }, ...children);
  node.addEventListener("click", onPress);
  return node;
}

/** Text for screen readers only. */
export function spoken(text) {
  return el("span", { class: "gs-spoken" }, `${text} `);
}

const WEB = ["https:", "http:"];
const TO_A_PERSON = ["mailto:", "tel:"];

/**
 * The address in normal form if its scheme is allowed (http and https; for links also mailto and tel) and it
 * carries no user name, which can disguise the host; else null. Relative addresses pass only when `base` is given.
 */
export function safeAddress(address, base = undefined, schemes = WEB) {
  if (typeof address !== "string" || address.trim() === "") return null;
  let url;
  try {
    url = new URL(address.trim(), base);
  } catch {
    return null; // not an address: the caller shows plain text instead
  }
  return schemes.includes(url.protocol) && !url.username && !url.password ? url.href : null;
}

/** As `safeAddress`, for what a person may press. */
export function safeLink(address, base = undefined) {
  return safeAddress(address, base, [...WEB, ...TO_A_PERSON]);
}

/** A link; `attributes` may hold where it opens. Without, it opens beside the chat, so that the chat stays. */
export function link(href, className, attributes, ...children) {
  return el("a", { href, class: className, rel: "noopener", ...(attributes ?? { target: "_blank" }) }, ...children);
}
