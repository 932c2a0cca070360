/** Whether `node` takes a movement in this direction itself; its end stops there, by overscroll-behavior. */
function scrolls(node, sideways) {
  const { overflowX, overflowY } = getComputedStyle(node);
  const room = sideways ? node.scrollWidth - node.clientWidth : node.scrollHeight - node.clientHeight;
  return room > 0 && /auto|scroll/.test(sideways ? overflowX : overflowY);
}

/** Keep the page behind `panel` where it is: a wheel or a finger moves what scrolls in the panel, and nothing else. */
export function holdPage(panel) {
  let from = null;
  const hold = (event, across, down) => {
    const inside = event.composedPath();
    const sideways = Math.abs(across) > Math.abs(down);
    const taken = inside.slice(0, inside.indexOf(panel)).some((node) => node instanceof Element && scrolls(node, sideways));
    if (!taken && event.cancelable) event.preventDefault();
  };
  panel.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) hold(event, event.deltaX, event.deltaY); // with Ctrl it is a zoom
  }, { passive: false });
  panel.addEventListener("touchstart", ({ touches }) => (from = touches[0]), { passive: true });
  panel.addEventListener("touchmove", (event) => {
    const [finger, another] = event.touches;
    if (!another) hold(event, finger.clientX - from.clientX, finger.clientY - from.clientY);
  }, { passive: false });
}
