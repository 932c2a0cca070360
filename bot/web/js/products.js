import { el, link, safeAddress } from "./dom.js";
import { icon } from "./icons.js";

function picture(address) {
  const frame = el("div", { class: "gs-product-picture" }, icon("bottle"));
  const src = safeAddress(address, document.baseURI);
  if (src) {
    // The title stands beside it, so the picture needs no words of its own.
    const image = el("img", { src, alt: "", loading: "lazy", width: 72, height: 72 });
    image.addEventListener("load", () => frame.replaceChildren(image), { once: true });
    image.addEventListener("error", () => image.remove(), { once: true });
    frame.append(image);
  }
  return frame;
}

function title(product) {
  const href = safeAddress(product.url, document.baseURI);
  const text = String(product.title ?? "");
  return el("p", { class: "gs-product-title" }, href ? link(href, "gs-product-link", text) : text);
}

function facts(product, strings) {
  const stock = typeof product.in_stock !== "boolean" ? null : el(
    "span",
    { class: product.in_stock ? "gs-stock" : "gs-stock gs-stock-out" },
    product.in_stock ? strings.inStock : strings.soldOut,
  );
  const hasPrice = ["string", "number"].includes(typeof product.price) && product.price !== "";
  const price = hasPrice ? el("span", { class: "gs-price" }, String(product.price)) : null;
  return price || stock ? el("p", { class: "gs-product-facts" }, price, stock) : null;
}

function card(product, strings) {
  return el(
    "li",
    { class: "gs-product" },
    picture(product.image),
    el(
      "div",
      { class: "gs-product-text" },
      product.brand ? el("p", { class: "gs-product-brand" }, String(product.brand)) : null,
      title(product),
      facts(product, strings),
      product.reason ? el("p", { class: "gs-product-reason" }, String(product.reason)) : null,
    ),
  );
}

/** `custom.products` of a message -> a list of cards, or null when there are none. */
export function productList(products, strings) {
  const known = (Array.isArray(products) ? products : []).filter((product) => product && product.title);
  if (known.length === 0) return null;
  return el(
    "ul",
    { class: "gs-products", "aria-label": strings.products },
    ...known.map((product) => card(product, strings)),
  );
}
