import { button, el, link, safeAddress, spoken } from "./dom.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { productList } from "./products.js";

const squeeze = (text) => String(text).replace(/\s+/g, " ").trim();
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const asList = (value) => (Array.isArray(value) ? value : []);
const isPlainText = (message) => Boolean(message.text) && !message.custom && !message.image;

/** The buttons of all `messages` in their order. */
export function allButtons(messages) {
  return messages.flatMap((message) => asList(message.buttons));
}

/** How many of the last plain texts together begin with `body`; 0 when they say something else. */
function textsSayingTheSame(texts, body) {
  const wanted = squeeze(body);
  let joined = "";
  for (let count = 1; count <= texts.length; count += 1) {
    const message = texts[texts.length - count];
    if (!isPlainText(message)) return 0;
    joined = squeeze(`${message.text} ${joined}`);
    if (joined.startsWith(wanted)) return count;
  }
  return 0;
}

/**
 * Put together what Rasa's collecting channels take apart: one answer arrives as its text, cut at blank lines,
 * and then a message with only `custom`. The custom part takes the place of the text that it repeats, or, when
 * it has no body of its own, joins the text before it.
 */
export function joinParts(messages) {
  const joined = [];
  for (const message of messages.filter(isObject)) {
    const alone = isObject(message.custom) && !message.text;
    const same = alone && message.custom.body ? textsSayingTheSame(joined, message.custom.body) : 0;
    const last = joined[joined.length - 1];
    if (same > 0) {
      const replaced = joined.splice(joined.length - same, same);
      joined.push({ ...message, buttons: allButtons([...replaced, message]) });
    } else if (alone && !message.custom.body && last && isPlainText(last)) {
      joined[joined.length - 1] = { ...last, ...message, buttons: allButtons([last, message]) };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

function verdictLabel(verdict, strings) {
  if (!Object.hasOwn(strings.verdicts, verdict ?? "")) return null;
  return el("p", { class: `gs-verdict gs-verdict-${verdict}` }, icon(verdict), strings.verdicts[verdict]);
}

function sourceItem(source, strings) {
  const publisher = String(source.publisher ?? "");
  const href = safeAddress(source.address);
  const known = Object.hasOwn(strings.sourceKinds, source.kind ?? "");
  const kind = known ? strings.sourceKinds[source.kind] : String(source.kind ?? "");
  return el(
    "li",
    {},
    href ? link(href, "gs-link", publisher || href) : publisher,
    kind ? el("span", { class: "gs-source-kind" }, publisher || href ? `, ${kind}` : kind) : null,
  );
}

function sourceNote(sources, strings) {
  const known = asList(sources).filter(isObject);
  if (known.length === 0) return null;
  return el(
    "details",
    { class: "gs-sources" },
    el("summary", {}, strings.sources(known.length)),
    el("ul", {}, ...known.map((source) => sourceItem(source, strings))),
  );
}

function sharedPicture(address, strings) {
  const src = safeAddress(address, document.baseURI);
  return src ? el("img", { class: "gs-picture", src, alt: strings.picture, loading: "lazy" }) : null;
}

/** One message of the assistant -> its place in the log; null when it holds nothing to show. */
export function botMessage(message, strings) {
  const custom = isObject(message.custom) ? message.custom : {};
  const text = custom.body || message.text;
  const bubbleParts = [
    verdictLabel(custom.verdict, strings),
    text ? el("div", { class: "gs-text" }, format(text)) : null,
    sharedPicture(message.image, strings),
    sourceNote(custom.sources, strings),
  ].filter(Boolean);
  const products = productList(custom.products, strings);
  if (bubbleParts.length === 0 && !products) return null;
  const bubble = bubbleParts.length ? el("div", { class: "gs-bubble" }, ...bubbleParts) : null;
  return el("div", { class: "gs-entry gs-entry-bot" }, spoken(strings.botSaid), bubble, products);
}

/** What the person wrote or pressed, shown as the characters it is. */
export function personMessage(text, strings) {
  return el(
    "div",
    { class: "gs-entry gs-entry-person" },
    spoken(strings.youSaid),
    el("div", { class: "gs-bubble gs-text" }, text),
  );
}

/** All buttons of a reply as one group of chips, or null; `onPress` gets `{title, payload}`. */
export function chips(buttons, onPress, strings) {
  const known = buttons.filter((one) => isObject(one) && one.title);
  if (known.length === 0) return null;
  const made = known.map((one) => {
    const choice = { title: String(one.title), payload: String(one.payload || one.title) };
    return button("gs-chip", () => onPress(choice), {}, choice.title);
  });
  return el("div", { class: "gs-chips", role: "group", "aria-label": strings.suggestedReplies }, ...made);
}

/** Three dots while the assistant works; screen readers hear it from the status line instead. */
export function typingIndicator() {
  const dots = [1, 2, 3].map(() => el("span", { class: "gs-dot" }));
  return el(
    "div",
    { class: "gs-entry gs-entry-bot", "aria-hidden": "true" },
    el("div", { class: "gs-bubble gs-typing" }, ...dots),
  );
}

/** What happened to a message and what can be done about it: `actions` is `[{title, onPress}]`. */
export function failureNote(title, sentence, actions) {
  const made = actions.map((action) => button("gs-action", action.onPress, {}, action.title));
  return el(
    "div",
    { class: "gs-failure" },
    el("p", { class: "gs-failure-title" }, icon("alert"), title),
    el("p", {}, sentence),
    el("div", { class: "gs-actions" }, ...made),
  );
}
