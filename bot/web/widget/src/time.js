let ahead = 0;

const parsed = (at) => new Date(typeof at === "number" ? at * 1000 : at ?? NaN);

/** The server says what time it is; a browser's own clock may be days off. */
export function setClock(at) {
  ahead = parsed(at).getTime() - Date.now() || 0;
}

const now = () => new Date(Date.now() + ahead);

/** When `at` (ISO 8601, or seconds since 1970) was; now when it says nothing. */
export function moment(at) {
  const date = parsed(at);
  return Number.isNaN(date.getTime()) ? now() : date;
}

/** The time of day in the reader's own way. */
export function clock(date, locale) {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(date);
}

export const isToday = (date) => date.toDateString() === now().toDateString();

/** The day in words; `today` for this one. */
export function day(date, locale, today) {
  if (isToday(date)) return today;
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(date);
}
