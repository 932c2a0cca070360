import { el, link, safeAddress } from "./dom.js";
import { fill } from "./language.js";
import { asList, isObject } from "./reading.js";
import { icon } from "./answer_icons.js";

/** What an answer comes to, as a label above it; null for what is no verdict. */
export function verdictLabel(verdict, { strings }) {
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

/** Where an answer comes from, to be opened; null where nothing is named. */
export function sourceNote(sources, context) {
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
