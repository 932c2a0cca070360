import { randomId } from "./storage.js";
import { moment } from "./time.js";

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const asList = (value) => (Array.isArray(value) ? value : []);
const asText = (value) => (["string", "number"].includes(typeof value) ? String(value) : "");

function pictureOf({ custom, image, attachment }) {
  const one = custom?.image ?? image ?? (attachment?.type === "image" ? attachment.payload : null);
  return typeof one === "string" ? { src: one } : isObject(one) ? one : null;
}

/** Who of the shop wrote it, null for the assistant: `{kind: "agent" | "notice" | "automatic", name}`. */
function authorOf(raw) {
  return isObject(raw.author) ? { kind: asText(raw.author.kind), name: asText(raw.author.name) } : null;
}

function choices(raw) {
  return asList(raw.quick_replies)
    .filter((one) => isObject(one) && asText(one.title))
    .map((one) => ({ title: asText(one.title), payload: asText(one.payload) || asText(one.title) }));
}

/**
 * A message as it came over the line -> `{id, from, at, text, whole, custom, image, choices, feedback, author, picture}`, where
 * `whole` is the complete answer in words. Whatever the server sends, the rest of the chat can rely on these types.
 */
export function readMessage(raw, from = "bot") {
  const known = isObject(raw) ? raw : {};
  const custom = isObject(known.custom) ? known.custom : {};
  return {
    id: asText(known.id) || randomId(),
    from: known.from === "user" || known.from === "bot" ? known.from : from,
    at: moment(known.at),
    text: asText(custom.body) || asText(known.text),
    whole: asText(known.text) || asText(custom.body),
    custom,
    image: pictureOf({ ...known, custom }),
    choices: choices(known),
    feedback: known.feedback,
    author: authorOf(known),
    picture: known.picture,
  };
}
