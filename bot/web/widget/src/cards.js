import { button, el, link, safeAddress } from "./dom.js";
import { icon } from "./answer_icons.js";
import { fill } from "./language.js";
import { asList, isObject } from "./reading.js";

function cardPicture(address, { server }) {
  const frame = el("div", { class: "gs-card-picture" });
  const src = safeAddress(address, server.href);
  if (src) {
    // The title stands beside it, so the picture needs no words of its own.
    const image = el("img", { src, alt: "", loading: "lazy", width: 160, height: 160 });
    image.addEventListener("load", () => frame.replaceChildren(image), { once: true });
    image.addEventListener("error", () => image.remove(), { once: true });
    frame.append(image);
  }
  return frame;
}

/** The brand stands on the card, above the name, so that a name that begins with it says the rest. */
export function nameOf({ title, brand }) {
  const whole = String(title);
  const rest = brand && whole.startsWith(`${brand} `) ? whole.slice(String(brand).length).trim() : "";
  return rest || whole;
}

/** The price as shops write it where the person is; a span where sizes differ. What cannot be read stays as it came. */
function priceOf({ price, amounts, currency }, { locale }) {
  const [low, high] = asList(amounts);
  if (!Number.isFinite(low)) return String(price);
  try {
    const money = new Intl.NumberFormat(locale, { style: "currency", currency });
    return high > low ? `${money.format(low)} – ${money.format(high)}` : money.format(low);
  } catch {
    return String(price); // no such currency
  }
}

function facts(product, context) {
  const { strings } = context;
  const stock = typeof product.in_stock !== "boolean" ? null : el(
    "span",
    { class: product.in_stock ? "gs-stock" : "gs-stock gs-stock-out" },
    product.in_stock ? strings.inStock : strings.soldOut,
  );
  const hasPrice = ["string", "number"].includes(typeof product.price) && product.price !== "";
  const price = hasPrice ? el("span", { class: "gs-price", dir: "auto" }, priceOf(product, context)) : null;
  return price || stock ? el("p", { class: "gs-card-facts" }, price, stock) : null;
}

/** What an action says to who cannot see the card that it stands on. */
const about = (label, { title }, size = "") => ({ "aria-label": `${label}: ${title}${size ? `, ${size}` : ""}` });

function viewing(product, { strings, page }) {
  const href = safeAddress(product.url, page);
  if (!href) return null;
  // A product of the shop opens in place, as on any shelf; the chat goes along.
  const place = new URL(href).origin === location.origin ? {} : { target: "_blank" };
  return link(href, "gs-card-act gs-card-link", { ...place, ...about(strings.view, product) }, strings.view);
}

/** The shop's own links into its cart: one, or one for each size below the words that they share. */
function buying(product, { strings, page }) {
  const links = asList(product.in_stock === false ? null : product.cart)
    .map((one) => ({ size: String(one?.size ?? ""), href: safeAddress(one?.url, page) }))
    .filter(({ href }) => href);
  if (links.length === 0) return null;
  const several = links.length > 1;
  const made = links.map(({ size, href }) => link(
    href, "gs-card-buy", { target: "_blank", ...about(strings.addToCart, product, size) },
    several ? null : icon("bag"), several ? size : strings.addToCart,
  ));
  return el("div", { class: "gs-card-cart" }, several ? el("p", {}, icon("bag"), strings.addToCart) : null, ...made);
}

function card(product, context, onAsk) {
  const { strings } = context;
  const ask = onAsk && button(
    "gs-card-act", () => onAsk(fill(strings.questionCard, { product: product.title })), about(strings.askAbout, product), strings.askAbout,
  );
  const view = viewing(product, context);
  return el(
    "li",
    { class: "gs-card" },
    cardPicture(product.image, context),
    el(
      "div",
      { class: "gs-card-text" },
      product.brand ? el("p", { class: "gs-card-brand", dir: "auto" }, String(product.brand)) : null,
      el("p", { class: "gs-card-title", dir: "auto" }, nameOf(product)),
      facts(product, context),
      product.reason ? el("p", { class: "gs-card-reason", dir: "auto" }, String(product.reason)) : null,
      el("div", { class: "gs-card-acts" }, buying(product, context), view, ask),
    ),
  );
}

/** Move `list` by nearly its width; `way` is 1 for onward, in the direction of reading. */
function turn(list, way) {
  const onward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
  list.scrollBy({ left: onward * way * list.clientWidth * 0.8 });
}

/** Each button stands there only while more lies its way; who pressed it by keyboard goes on with the row itself. */
function watch(list, back, onward) {
  const show = (turner, is) => {
    if (!is && turner.matches(":focus")) list.focus({ preventScroll: true });
    turner.hidden = !is;
  };
  const update = () => {
    const place = Math.abs(list.scrollLeft);
    show(back, place >= 4);
    show(onward, place + list.clientWidth <= list.scrollWidth - 4);
  };
  list.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(list);
}

/**
 * `custom.products` of a message -> a row of cards to leaf through, or null when there are none; `onAsk(question)` hears
 * what is to be asked about one.
 */
export function carousel(products, context, onAsk = null) {
  const known = asList(products).filter((product) => isObject(product) && product.title);
  if (known.length === 0) return null;
  const { strings } = context;
  // What scrolls must be reachable by keyboard even when no card holds a link.
  const list = el(
    "ul",
    { class: "gs-cards", "aria-label": strings.products, tabindex: 0 },
    ...known.map((product) => card(product, context, onAsk)),
  );
  if (known.length === 1) return el("div", { class: "gs-carousel gs-carousel-one" }, list);
  const back = button("gs-turn gs-turn-back", () => turn(list, -1), { "aria-label": strings.previous }, icon("chevron", 180));
  const onward = button("gs-turn", () => turn(list, 1), { "aria-label": strings.next }, icon("chevron"));
  watch(list, back, onward);
  return el("div", { class: "gs-carousel" }, list, back, onward);
}
