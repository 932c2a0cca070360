/** Answers as they stand in the log, loaded with the first one. ANSWER_STYLES is put in by the build. */
import { icon } from "./answer_icons.js";
import { carousel } from "./cards.js";
import { el, safeAddress, spoken } from "./dom.js";
import { callHelp } from "./emergency.js";
import { ratings } from "./feedback.js";
import { fileList } from "./files.js";
import { follow } from "./following.js";
import { format } from "./format.js";
import { fill } from "./language.js";
import { timeStamp } from "./messages.js";
import { asList, isObject } from "./reading.js";
import { sourceNote, verdictLabel } from "./sources.js";
import { table } from "./table.js";

export { chooseSeveral } from "./several.js";
export const styles = ANSWER_STYLES;

const FOLDED_FROM = 4;

/** A picture, in its dark form where there is one and the chat is dark. */
function picture(image, { strings, server, theme }) {
  const src = safeAddress(image?.src, server.href);
  if (!src) return null;
  const shown = el("img", { class: "gs-picture", src, alt: String(image.alt || strings.picture), loading: "lazy" });
  const dark = theme === "light" ? null : safeAddress(image.dark, server.href);
  if (!dark) return shown;
  const media = theme === "dark" ? "screen" : "screen and (prefers-color-scheme: dark)";
  return el("picture", {}, el("source", { srcset: dark, media }), shown);
}

/** "With care. Begin slowly." below the label "With care" says it twice. */
function withoutVerdict(text, verdict, { strings }) {
  const said = `${strings.verdicts[verdict] ?? ""}.`;
  return Object.hasOwn(strings.verdicts, verdict ?? "") && text.startsWith(`${said} `) ? text.slice(said.length + 1) : text;
}

/** How far a row of questions is. */
function progress(step, { strings }) {
  if (!isObject(step)) return null;
  const bar = el("progress", { class: "gs-bar", value: Number(step.at) || 0, max: Number(step.of) || 1, "aria-hidden": "true" });
  return el("p", { class: "gs-progress" }, fill(strings.progress, step), bar);
}

/** The sources that the text itself does not lead to already. */
const unnamed = (sources, text) => asList(sources).filter((one) => !(one?.address && text.includes(`](${one.address})`)));

/** What ends in a question waits for an answer and is none. */
const asks = (text) => /[?？]\s*$/.test(text);

const textOf = (text) => el("div", { class: "gs-text" }, format(text));

/** The words and the picture of a message; a long text that the picture shows, too, is folded away below it. */
function words(text, image, context) {
  const [title, ...rest] = text.split("\n");
  const shown = picture(image, context);
  if (!shown || image.beside || rest.length < FOLDED_FROM) return [text ? textOf(text) : null, shown];
  const folded = el("details", { class: "gs-sources" }, el("summary", {}, context.strings.inWords), textOf(rest.join("\n")));
  return [textOf(title), shown, folded];
}

/**
 * One message of the assistant -> its place in the log; null when it holds nothing to show. `onRate(value, reason)`
 * hears what the person thinks of it; without, it cannot be rated. `onAsk(question)` hears what is asked about a card,
 * `onFollow({product, way})` which links to products are followed.
 */
export function botMessage({ text, custom, image, at, feedback, author }, context, onRate = null, onAsk = null, onFollow = null) {
  if (author?.kind === "notice") return notice(text);
  const { strings } = context;
  const name = author?.kind === "agent" ? author.name : null;
  // The staff's talk has one fixed sentence that nobody wrote.
  const urgent = custom.urgency === "emergency" || author?.kind === "automatic";
  const parts = [
    urgent ? el("p", { class: "gs-urgent-title" }, icon("warning"), strings.emergency) : null,
    urgent ? null : verdictLabel(custom.verdict, context),
    progress(custom.progress, context),
    ...words(withoutVerdict(text, custom.verdict, context), image, context),
    urgent ? callHelp(context) : null,
    table(custom.table, context, custom.products),
    sourceNote(unnamed(custom.sources, text), context),
  ].filter(Boolean);
  const bubble = parts.length ? el("div", { class: urgent ? "gs-bubble gs-bubble-urgent" : "gs-bubble" }, ...parts) : null;
  const below = [carousel(custom.products, context, onAsk), hints(custom.below), fileList(custom.files, context)].filter(Boolean);
  if (!bubble && below.length === 0) return null;
  // Read out are the words, not what hangs on them.
  const foot = el(
    "div",
    { class: "gs-foot", "aria-live": "off" },
    timeStamp(at, context),
    onRate && !author && !custom.finder && !urgent && !asks(text) ? ratings(onRate, context, feedback) : null,
  );
  const who = name ? el("p", { class: "gs-author", dir: "auto" }, name) : null;
  const entry = el("div", { class: "gs-entry" }, who ?? spoken(strings.botSaid), bubble, ...below, foot);
  if (onFollow) follow(entry, custom.products, context, onFollow);
  return entry;
}

/** What is said below products. */
function hints(text) {
  return typeof text === "string" && text ? el("div", { class: "gs-bubble gs-hints" }, textOf(text)) : null;
}

/** That somebody joined or left: a line of its own, read out like a message. */
function notice(text) {
  return text ? el("p", { class: "gs-day gs-notice", dir: "auto" }, el("span", {}, text)) : null;
}
