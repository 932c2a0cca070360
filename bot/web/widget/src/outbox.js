import { tab } from "./storage.js";

const OUTBOX = "outbox";

function stored() {
  try {
    const list = JSON.parse(tab.read(OUTBOX) ?? "[]");
    return list.filter((one) => typeof one?.id === "string" && typeof one?.text === "string");
  } catch {
    return []; // not ours, or cut short: there is nothing to send
  }
}

/**
 * Messages on their way, oldest first, kept over a reload of the page. Each has an id, by which the server knows one
 * that it already has; so it may be sent again after a lost connection and is still said once.
 */
export function createOutbox() {
  const messages = stored();
  const save = () => tab.write(OUTBOX, JSON.stringify(messages));
  return {
    all: () => [...messages],
    first: () => messages[0] ?? null,
    has: (id) => messages.some((one) => one.id === id),
    add(message) {
      messages.push(message);
      save();
    },
    remove(id) {
      const place = messages.findIndex((one) => one.id === id);
      if (place >= 0) messages.splice(place, 1);
      save();
    },
    clear() {
      messages.length = 0;
      save();
    },
  };
}
