const KEY = "glasskin.sender";
const SHAPE = /^[0-9a-f]{32}$/;

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Who is talking: a random 128-bit id that lives as long as the tab. Whoever knows it could continue the
 * conversation, so it is neither guessable nor kept after the tab closes.
 */
export function createSession(storage = null) {
  let sender = null;

  function keep(id) {
    sender = id;
    try {
      storage?.setItem(KEY, id);
    } catch {
      // Storage may be full or forbidden; the id then lasts until the page is left.
    }
    return id;
  }

  function stored() {
    try {
      const id = storage?.getItem(KEY) ?? "";
      return SHAPE.test(id) ? id : null;
    } catch {
      return null; // forbidden by the browser: begin a new conversation
    }
  }

  return {
    sender: () => sender ?? keep(stored() ?? randomId()),
    renew: () => keep(randomId()),
  };
}
