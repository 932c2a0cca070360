import { el, link, safeAddress, safeLink } from "./dom.js";

const BOLD = /\*\*([^*\n]+)\*\*/g;
const ADDRESS = /\[([^[\]\n]{1,300})\]\(([^()\s]{1,2000})\)|https?:\/\/[^\s<>"']+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|\+\d[\d ()-]{6,18}\d/gi;
const ITEM = /^\s*-\s+(.*)$/;
const CLOSERS = { ")": "(", "]": "[", "}": "{" };

/** Cut off punctuation that belongs to the sentence and not to the address. */
function trimAddress(address) {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1];
    const opener = CLOSERS[last];
    const body = address.slice(0, end - 1);
    const unbalanced = opener && body.split(opener).length <= body.split(last).length;
    if (!".,;:!?*".includes(last) && !unbalanced) break;
    end -= 1;
  }
  return address.slice(0, end);
}

/** What a match of ADDRESS shows and where it leads: `[text, href, length of what it takes up]`. */
function target([whole, label, labelled]) {
  if (label) return [label, safeLink(labelled), whole.length];
  if (whole[0] === "+") return [whole, `tel:${whole.replace(/[^+\d]/g, "")}`, whole.length];
  const bare = trimAddress(whole);
  return [bare, /^https?:/i.test(bare) ? safeAddress(bare) : safeLink(`mailto:${bare}`), bare.length];
}

function linkSpans(text, bold) {
  const spans = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const [shown, href, length] = target(match);
    if (!href) continue;
    if (match.index > from) spans.push({ text: text.slice(from, match.index), bold });
    spans.push({ text: shown, bold, href });
    from = match.index + length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), bold });
  return spans;
}

function parseLine(line) {
  const spans = [];
  let from = 0;
  for (const match of line.matchAll(BOLD)) {
    spans.push(...linkSpans(line.slice(from, match.index), false), ...linkSpans(match[1], true));
    from = match.index + match[0].length;
  }
  return [...spans, ...linkSpans(line.slice(from), false)];
}

/**
 * Text as the assistant writes it -> blocks `{kind: "paragraph" | "list", lines: [[{text, bold, href?}]]}`.
 * Known are **bold**, lines beginning with "- ", blank lines between paragraphs, [text](address), bare http(s) and mail
 * addresses, and telephone numbers with their country's; everything else, markup included, stays the characters it is.
 */
export function parse(text) {
  const blocks = [];
  let open = null;
  for (const line of String(text).split(/\r?\n/)) {
    if (line.trim() === "") {
      open = null;
      continue;
    }
    const item = ITEM.exec(line);
    const kind = item ? "list" : "paragraph";
    if (!open || open.kind !== kind) blocks.push((open = { kind, lines: [] }));
    open.lines.push(parseLine(item ? item[1] : line.trim()));
  }
  return blocks;
}

function spanNode({ text, bold, href }) {
  const inner = href ? link(href, "gs-link", href.startsWith("http") ? null : {}, text) : document.createTextNode(text);
  return bold ? el("strong", {}, inner) : inner;
}

function blockNode({ kind, lines }) {
  if (kind === "list") {
    return el("ul", { dir: "auto" }, ...lines.map((spans) => el("li", {}, ...spans.map(spanNode))));
  }
  const nodes = lines.flatMap((spans, index) => [...(index ? [el("br")] : []), ...spans.map(spanNode)]);
  return el("p", { dir: "auto" }, ...nodes);
}

/** Text as the assistant writes it -> DOM nodes, made one by one. */
export function format(text) {
  const fragment = document.createDocumentFragment();
  fragment.append(...parse(text).map(blockNode));
  return fragment;
}

/** Text as the assistant writes it -> the same without its marks, for a plain file. */
export function plain(text) {
  return parse(text)
    .map(({ kind, lines }) => lines.map((spans) => (kind === "list" ? "- " : "") + spans.map(shown).join("")).join("\n"))
    .join("\n");
}

function shown({ text, href }) {
  return href && !/^(mailto|tel):/.test(href) && href !== text && !href.startsWith(text) ? `${text} (${href})` : text;
}
