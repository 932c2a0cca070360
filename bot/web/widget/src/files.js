import { el, link, safeAddress } from "./dom.js";
import { icon } from "./answer_icons.js";
import { asList } from "./reading.js";

/** `custom.files` of a message as a list of links, or null. */
export function fileList(files, { strings, server }) {
  const known = asList(files)
    .map((file) => ({ title: String(file?.title ?? ""), href: safeAddress(file?.href, server.href) }))
    .filter(({ title, href }) => title && href);
  if (known.length === 0) return null;
  const items = known.map(({ title, href }) => el("li", {}, link(href, "gs-file", null, icon("file"), title)));
  return el("ul", { class: "gs-files", "aria-label": strings.files }, ...items);
}
