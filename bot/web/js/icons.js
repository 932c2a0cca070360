const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  restart: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4v4h4",
  yes: "M5 12.5l4.5 4.5L19 7.5",
  no: "M7 7l10 10M17 7L7 17",
  careful: "M12 6v7.5M12 17.5v.1",
  depends: "M6 9h9.5M13 6l3 3-3 3M18 15H8.5M11 12l-3 3 3 3",
  unknown: "M9 9.5a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3M12 17.8v.1",
  doctor: "M12 5.5v13M5.5 12h13",
  alert: "M12 4.5 21 19.5H3ZM12 10v4.5M12 17v.1",
  bottle: "M10 3h4v3.5h-4ZM8.5 6.5h7c1.5 1 2 2.5 2 4V19a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-8.5c0-1.5.5-3 2-4ZM9.5 13h5",
};

/** A line icon in the text's colour, hidden from screen readers because a label always stands beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: "0 0 24 24", class: "gs-icon", "aria-hidden": "true", focusable: "false",
    fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round",
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
