import { carousel } from "./cards.js";
import { button, el, link, safeAddress, spoken } from "./dom.js";
import { ratings } from "./feedback.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { asList, isObject } from "./reading.js";
import { clock } from "./time.js";

function verdictLabel(verdict, { strings }) {
  if (!Object.hasOwn(strings.verdicts, verdict ?? "")) return null;
  return el("p", { class: `gs-verdict gs-verdict-${verdict}` }, icon(verdict), strings.verdicts[verdict]);
}

function sourceItem(source, { strings }) {
  const publisher = String(source.publisher ?? "");
  const href = safeAddress(source.address);
  const known = Object.hasOwn(strings.sourceKinds, source.kind ?? "");
  const kind = known ? strings.sourceKinds[source.kind] : String(source.kind ?? "");
  return el(
    "li",
    {},
    href ? link(href, "gs-link", null, publisher || href) : publisher,
    kind ? el("span", {}, publisher || href ? `, ${kind}` : kind) : null,
  );
}

function sourceNote(sources, context) {
  const known = asList(sources).filter(isObject);
  if (known.length === 0) return null;
  const { source, sources: several } = context.strings;
  return el(
    "details",
    { class: "gs-sources" },
    el("summary", {}, known.length === 1 ? source : fill(several, { count: known.length })),
    el("ul", {}, ...known.map((one) => sourceItem(one, context))),
  );
}

function picture(image, { strings, server }) {
  const src = safeAddress(image?.src, server.href);
  if (!src) return null;
  return el("img", { class: "gs-picture", src, alt: String(image.alt || strings.picture), loading: "lazy" });
}

function table(data, { strings }) {
  const rows = asList(data?.rows).filter(Array.isArray);
  if (rows.length === 0) return null;
  const head = asList(data.head).map((cell) => (cell ? el("th", { scope: "col", dir: "auto" }, String(cell)) : el("td")));
  const body = rows.map((row) =>
    el("tr", {}, ...row.map((cell, place) =>
      place === 0
        ? el("th", { scope: "row", dir: "auto" }, String(cell ?? ""))
        : el("td", { dir: "auto" }, String(cell ?? "")))));
  return el(
    "div",
    { class: "gs-table", role: "region", "aria-label": strings.table, tabindex: 0 },
    el("table", {}, head.length ? el("thead", {}, el("tr", {}, ...head)) : null, el("tbody", {}, ...body)),
  );
}

function fileList(files, { strings, server }) {
  const known = asList(files)
    .map((file) => ({ title: String(file?.title ?? ""), href: safeAddress(file?.href, server.href) }))
    .filter(({ title, href }) => title && href);
  if (known.length === 0) return null;
  const items = known.map(({ title, href }) => el("li", {}, link(href, "gs-file", null, icon("file"), title)));
  return el("ul", { class: "gs-files", "aria-label": strings.files }, ...items);
}

function timeStamp(at, { locale }) {
  return el("time", { class: "gs-time", datetime: at.toISOString() }, clock(at, locale));
}

/**
 * One message of the assistant -> its place in the log; null when it holds nothing to show. `onRate(value, reason)`
 * hears what the person thinks of it; without, it cannot be rated.
 */
export function botMessage({ text, custom, image, at, feedback }, context, onRate = null) {
  const parts = [
    verdictLabel(custom.verdict, context),
    text ? el("div", { class: "gs-text" }, format(text)) : null,
    table(custom.table, context),
    picture(image, context),
    sourceNote(custom.sources, context),
  ].filter(Boolean);
  const bubble = parts.length ? el("div", { class: "gs-bubble" }, ...parts) : null;
  const below = [carousel(custom.products, context), fileList(custom.files, context)].filter(Boolean);
  if (!bubble && below.length === 0) return null;
  // Read out are the words, not what hangs on them.
  const foot = el(
    "div",
    { class: "gs-foot", "aria-live": "off" },
    timeStamp(at, context),
    onRate ? ratings(onRate, context, feedback) : null,
  );
  return el("div", { class: "gs-entry" }, spoken(context.strings.botSaid), bubble, ...below, foot);
}

/** What the person wrote or pressed, shown as the characters it is. */
export function personMessage({ text, at }, context) {
  return el(
    "div",
    { class: "gs-entry gs-entry-person" },
    spoken(context.strings.youSaid),
    el("div", { class: "gs-bubble gs-text", dir: "auto" }, text),
    el("div", { class: "gs-foot", "aria-live": "off" }, timeStamp(at, context)),
  );
}

/** The replies to choose from as one group of chips, or null; `onPress` gets `{title, payload}`. */
export function chips(choices, onPress, { strings }) {
  if (choices.length === 0) return null;
  const made = choices.map((choice) => button("gs-chip", () => onPress(choice), { dir: "auto" }, choice.title));
  return el("div", { class: "gs-chips", role: "group", "aria-label": strings.suggestedReplies }, ...made);
}

/** Three dots while the assistant works; screen readers hear it from the status line instead. */
export function typingIndicator() {
  const dots = [1, 2, 3].map(() => el("span", { class: "gs-dot" }));
  return el(
    "div",
    { class: "gs-entry", "aria-hidden": "true" },
    el("div", { class: "gs-bubble gs-typing" }, ...dots),
  );
}

/** A line between two days. */
export function dayLine(text) {
  return el("p", { class: "gs-day" }, el("span", {}, text));
}

/** That a message waits for the connection. */
export function waitingNote({ strings }) {
  return el("p", { class: "gs-waiting" }, strings.waiting);
}

/** What happened to a message and what can be done about it: `actions` is `[{title, onPress}]`. */
export function failureNote(title, sentence, actions) {
  const made = actions.map((action) => button("gs-action", action.onPress, {}, action.title));
  return el(
    "div",
    { class: "gs-failure" },
    el("p", { class: "gs-failure-title" }, icon("careful"), title),
    el("p", {}, sentence),
    el("div", { class: "gs-actions" }, ...made),
  );
}
