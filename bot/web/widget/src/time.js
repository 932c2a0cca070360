/** When `at` (ISO 8601, or seconds since 1970) was; now when it says nothing. */
export function moment(at) {
  const date = new Date(typeof at === "number" ? at * 1000 : at ?? NaN);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/** The time of day in the reader's own way. */
export function clock(date, locale) {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(date);
}

/** The day in words; `today` for this one. */
export function day(date, locale, today) {
  if (date.toDateString() === new Date().toDateString()) return today;
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(date);
}
