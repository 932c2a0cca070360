const PATIENCE_MS = 30_000;
const LONGEST_SENTENCE = 300;

/**
 * A message did not get its answer. `kind` is "offline", "timeout", "refused" (an HTTP error, then `status` and
 * perhaps the server's own `sentence`) or "unreadable".
 */
export class TransportError extends Error {
  constructor(kind, { status = null, sentence = null } = {}) {
    super(sentence ?? kind);
    this.name = "TransportError";
    this.kind = kind;
    this.status = status;
    this.sentence = sentence;
  }
}

async function refusal(response) {
  let sentence = null;
  try {
    const body = await response.json();
    if (typeof body?.error === "string") sentence = body.error.trim().slice(0, LONGEST_SENTENCE) || null;
  } catch {
    // A proxy's error page instead of our JSON: the status alone must do.
  }
  return new TransportError("refused", { status: response.status, sentence });
}

async function read(response) {
  if (!response.ok) throw await refusal(response);
  let messages;
  try {
    messages = await response.json();
  } catch (error) {
    throw error.name === "AbortError" ? error : new TransportError("unreadable");
  }
  if (!Array.isArray(messages)) throw new TransportError("unreadable");
  return messages;
}

/**
 * Talks to Rasa's REST channel at `endpoint`. `send(text)` resolves to the list of messages or rejects with a
 * TransportError; after `restart()` the next message begins a new conversation and open ones are dropped.
 */
export function createRestTransport({ endpoint, session, patience = PATIENCE_MS }) {
  let running = null;

  async function send(text) {
    const abort = new AbortController();
    running = abort;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, patience);
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ sender: session.sender(), message: text }),
        credentials: "same-origin",
        signal: abort.signal,
      });
      return await read(response);
    } catch (error) {
      if (error instanceof TransportError) throw error;
      throw new TransportError(late ? "timeout" : "offline");
    } finally {
      clearTimeout(timer);
    }
  }

  function restart() {
    running?.abort();
    session.renew();
  }

  return { send, restart };
}
