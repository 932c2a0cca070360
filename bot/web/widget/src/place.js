const LOOKS_AFTER_MS = [300, 1500, 4000];

/**
 * Let `button` stand above what the page has fixed at its lower edge, such as a cookie banner or a bar to buy, and come
 * down once that is gone. Looked for a while after loading, and after whatever may have closed it.
 */
export function stepAside(button, { adopt }) {
  const place = adopt("");
  const look = () => {
    if (!button.hidden) place.replaceSync(`:host { --gs-lift: ${heightOf(barBelow(button))}px; }`);
  };
  const soon = () => setTimeout(look, LOOKS_AFTER_MS[0]);
  for (const pause of LOOKS_AFTER_MS) setTimeout(look, pause);
  for (const sign of ["click", "resize"]) window.addEventListener(sign, soon, { passive: true });
}

/** What stands fixed at the lower edge where the button stands when nothing is in its way. */
function barBelow(button) {
  const { left, width } = button.getBoundingClientRect();
  const ours = button.getRootNode().host;
  const x = left + width / 2;
  for (const y of [innerHeight - 4, innerHeight - 50]) {
    for (let node of document.elementsFromPoint(x, y)) {
      for (; node && node !== document.documentElement && node !== ours; node = node.parentElement) {
        if (getComputedStyle(node).position === "fixed") return node;
      }
    }
  }
  return null;
}

/** How much of the lower edge it takes; nothing where it covers more than a bar does, or hangs elsewhere. */
function heightOf(bar) {
  const { top, bottom } = bar?.getBoundingClientRect() ?? {};
  return bar && bottom > innerHeight - 60 && top > innerHeight / 3 ? Math.round(innerHeight - top) : 0;
}
