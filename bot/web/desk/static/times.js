/* Moments in the reader's own time; how long ago, kept current. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

function since(moment) {
  const minutes = Math.max(0, Math.floor((Date.now() - moment) / MINUTE_MS));
  if (minutes < 60) return minutes ? `${minutes} min` : "now";
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

function at(moment) {
  const isToday = new Date(moment).toDateString() === new Date().toDateString();
  return (isToday && Date.now() - moment < DAY_MS ? hour : day).format(moment);
}

/** Write every moment below `root` anew. */
export function showTimes(root = document) {
  for (const place of root.querySelectorAll("time[data-at], time[data-ago], time[data-waits]")) {
    const moment = Date.parse(place.dateTime);
    const text = "at" in place.dataset ? at(moment) : since(moment);
    if (place.textContent !== text) place.textContent = text;
    if (!place.title) place.title = full.format(moment);
  }
}

export function times() {
  showTimes();
  document.body.addEventListener("htmx:afterSettle", () => showTimes());
  setInterval(showTimes, MINUTE_MS / 4);
}
