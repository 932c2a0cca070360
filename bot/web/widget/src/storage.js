/** What the browser keeps for the chat, under names of its own; where the browser forbids that, it lasts for the page. */
const PREFIX = "glasskin.";
const memory = new Map();

function store(kind) {
  try {
    return window[kind];
  } catch {
    return null; // forbidden by the browser: even reading the property throws then
  }
}

function make(kind) {
  const place = `${kind}:`;
  return {
    read(name) {
      try {
        return store(kind).getItem(PREFIX + name) ?? memory.get(place + name) ?? null;
      } catch {
        return memory.get(place + name) ?? null;
      }
    },
    write(name, value) {
      memory.set(place + name, value);
      try {
        store(kind).setItem(PREFIX + name, value);
      } catch {
        // Full or forbidden; `memory` has it.
      }
    },
    remove(name) {
      memory.delete(place + name);
      try {
        store(kind).removeItem(PREFIX + name);
      } catch {
        // Nothing could have been stored.
      }
    },
  };
}

/** For all tabs, until deleted: the session and what has been read. */
export const kept = make("localStorage");

/** For this tab: unsent messages and whether the chat is open. */
export const tab = make("sessionStorage");

/** A random 128-bit id; crypto.randomUUID is missing on plain http. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
