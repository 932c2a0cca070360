const SVG = "http://www.w3.org/2000/svg";

export const PATHS = {
  send: "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  chat: "M12 4c-4.7 0-8.3 3-8.3 6.9 0 2.2 1.1 4.1 2.9 5.4L6 20l4-2.3c.6.1 1.3.2 2 .2 4.7 0 8.3-3.1 8.3-7S16.7 4 12 4ZM8.5 11v.01M12 11v.01M15.5 11v.01",
  restart: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4v4h4",
  more: "M12 6v.01M12 12v.01M12 18v.01",
  chevron: "M9.5 6l6 6-6 6",
  soundOn: "M5 9.5v5h3l4 3.5v-12L8 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  soundOff: "M5 9.5v5h3l4 3.5v-12L8 9.5ZM16 9.5l5 5M21 9.5l-5 5",
  warning: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 8v5M12 16.2v.1",
};

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/**
 * A line icon in the text's colour, hidden from screen readers because a label always stands beside it; `turned` by so
 * many degrees (90, 180).
 */
export function icon(name, turned = 0, paths = PATHS) {
  const svg = shape("svg", {
    viewBox: "0 0 24 24", class: `gs-icon gs-icon-${name}`, "aria-hidden": "true", focusable: "false",
    fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round",
  });
  svg.append(shape("path", { d: paths[name], ...(turned ? { transform: `rotate(${turned} 12 12)` } : {}) }));
  return svg;
}
