import { nameOf } from "./cards.js";
import { el } from "./dom.js";
import { asList, isObject } from "./reading.js";

const same = ([, ...cells]) => cells.length > 1 && cells.every((cell) => String(cell) === String(cells[0]));

/**
 * `custom.table` of a message, or null. Of what is compared only the differences are shown, where there are any; `products` whose
 * cards stand below are headed by their names without the brand.
 */
export function table(data, { strings }, products = []) {
  const all = asList(data?.rows).filter(Array.isArray);
  const rows = all.every(same) ? all : all.filter((row) => !same(row));
  if (rows.length === 0) return null;
  const names = new Map(asList(products).filter(isObject).map((one) => [one.title, nameOf(one)]));
  const head = asList(data.head).map((cell) => (cell ? el("th", { scope: "col", dir: "auto" }, names.get(cell) ?? String(cell)) : el("td")));
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
