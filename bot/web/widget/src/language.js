import { isObject } from "./reading.js";

const SHIPPED = {
  en: [() => import("./strings/en.js"), () => import("./strings/answers/en.js")],
  ko: [() => import("./strings/ko.js"), () => import("./strings/answers/ko.js")],
};

/**
 * What the suggestions say when pressed, in the language that the assistant answers in; a list of strings holds, place
 * by place, how they are shown, where that differs.
 */
const QUESTIONS = {
  questions: [
    "Help me choose",
    "Can I use an ampoule every day?",
    "Retinol with vitamin C?",
    "How long does delivery take?",
  ],
  questionCard: "Tell me about {product}",
  questionsProduct: [
    "How often can I use {product}?",
    "What is in {product}?",
    "Is {product} in stock?",
    "What goes well with {product}?",
  ],
};

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

function checkedTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null; // no language tag (BCP 47)
  }
}

/** Own strings from `source`: a JSON object, or the address of one; what it cannot be read from is left as shipped. */
async function replacements(source) {
  if (!source) return {};
  try {
    const own = source.trim().startsWith("{") ? JSON.parse(source) : await (await fetch(source)).json();
    return isObject(own) ? own : {};
  } catch (error) {
    console.warn(`Glasskin: data-strings could not be read: ${error.message}`);
    return {};
  }
}

/** The shop's name and how its staff are reached, as the server knows them; without, the chat does not speak of them. */
async function aboutShop() {
  try {
    return (await import("../shop.js")).default;
  } catch {
    return {};
  }
}

/** `base` with the entries of `own` that have the same shape: text for text, list for list. */
function merge(base, own) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(own)) {
    if (isObject(base[key]) && isObject(value)) merged[key] = merge(base[key], value);
    else if (Array.isArray(base[key]) && Array.isArray(value)) merged[key] = value.map(String);
    else if (typeof base[key] === "string" && typeof value === "string") merged[key] = value;
  }
  return merged;
}

/**
 * What the chat speaks: `{locale, direction, strings, shop, more}`; `more()` loads the words beside answers. The language is `wanted`, else the page's, else the browser's;
 * `source` replaces single strings.
 */
export async function chooseLanguage(wanted, source) {
  const tags = [wanted, document.documentElement.lang, navigator.language];
  const locale = tags.map((tag) => tag && checkedTag(tag)).find(Boolean) ?? "en";
  const language = locale.split("-")[0];
  const [first, rest] = SHIPPED[language] ?? SHIPPED.en;
  const [shipped, own, shop] = await Promise.all([first(), replacements(source), aboutShop()]);
  const strings = merge({ ...QUESTIONS, ...shipped.default }, own);
  const more = async () => Object.assign(strings, merge((await rest()).default, own));
  return { locale, direction: RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr", strings, shop, more };
}

/** `text` with `{name}` filled from `values`. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
