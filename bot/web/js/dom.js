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

/**
 * The address in normal form if it is http or https and carries no user name (which can disguise the host),
 * else null. Relative addresses pass only when `base` is given.
 */
export function safeAddress(address, base = undefined) {
  if (typeof address !== "string" || address.trim() === "") return null;
  let url;
  try {
    url = new URL(address.trim(), base);
  } catch {
    return null; // not an address: the caller shows plain text instead
  }
  const web = url.protocol === "https:" || url.protocol === "http:";
  return web && !url.username && !url.password ? url.href : null;
}

/** A link that opens beside the chat, so that the conversation stays. */
export function link(href, className, ...children) {
  return el("a", { href, class: className, target: "_blank", rel: "noopener" }, ...children);
}
