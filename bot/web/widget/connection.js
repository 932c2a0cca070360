import { io } from "./vendor/socket.io.esm.min.js";
import { createOutbox } from "./outbox.js";
import { kept } from "./storage.js";

const SESSION = "session";
const ACCEPTED_WITHIN_MS = 10_000;
const MOST_ATTEMPTS = 3;

/**
 * The line to the server. `on` holds what is told: `state("connecting" | "online" | "reconnecting" | "offline")`,
 * `history(messages)`, `reply(message)`, `echo(message)`, `typing(on)`, `accepted(id)`, `refused(id, sentence)` and
 * `deleted()`. `metadata()` gives what is sent with each message.
 */
export class Connection {
  constructor({ server, metadata, on }) {
    this.metadata = metadata;
    this.on = on;
    this.outbox = createOutbox();
    this.ready = false;
    this.sending = null;
    this.attempts = 0;
    this.socket = io(server.origin, {
      path: `${server.pathname.replace(/\/$/, "")}/socket.io/`,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
    });
    this.listen();
  }

  /** Whether this browser has talked here before. */
  static known() {
    return kept.read(SESSION) !== null;
  }

  open() {
    if (this.socket.active) return;
    this.on.state(navigator.onLine === false ? "offline" : "connecting");
    this.socket.connect();
  }

  listen() {
    const { socket, on } = this;
    socket.on("connect", () => socket.emit("session_request", { session_id: kept.read(SESSION), client: "glasskin" }));
    socket.on("session_confirm", (token) => this.confirm(token));
    socket.on("history", (history) => on.history(Array.isArray(history?.messages) ? history.messages : []));
    socket.on("bot_uttered", (message) => on.reply(message));
    socket.on("user_echo", (message) => on.echo(message));
    socket.on("bot_typing", (typing) => on.typing(Boolean(typing?.on)));
    socket.on("conversation_deleted", () => this.forget());
    socket.on("disconnect", (reason) => this.lose(reason));
    socket.on("connect_error", () => this.report());
    window.addEventListener("offline", () => this.report());
    window.addEventListener("online", () => {
      this.report();
      if (this.socket.active && !this.socket.connected) this.socket.disconnect().connect();
    });
  }

  confirm(token) {
    if (typeof token !== "string") return;
    kept.write(SESSION, token);
    this.ready = true;
    this.sending = null;
    this.attempts = 0;
    this.report();
    this.flush();
  }

  lose(reason) {
    this.ready = false;
    this.sending = null;
    this.report();
    // Only then does the client not come back by itself.
    if (reason === "io server disconnect") this.socket.connect();
  }

  report() {
    if (navigator.onLine === false) this.on.state("offline");
    else this.on.state(this.ready ? "online" : "reconnecting");
  }

  /** Say `{id, text, at}`, now or as soon as there is a line. */
  say(message) {
    this.outbox.add(message);
    this.flush();
  }

  async flush() {
    const message = this.outbox.first();
    if (!this.ready || this.sending || !message || navigator.onLine === false) return;
    this.sending = message.id;
    const sent = { message: message.text, id: message.id, session_id: kept.read(SESSION), metadata: this.metadata() };
    let answer = null;
    try {
      answer = await this.socket.timeout(ACCEPTED_WITHIN_MS).emitWithAck("user_uttered", sent);
    } catch {
      // No word from the server: it may or may not have the message, so the same id is sent again.
    }
    if (this.sending !== message.id) return; // the line was lost meanwhile; the next one takes care of it
    this.sending = null;
    this.settle(message.id, answer);
    this.flush();
  }

  settle(id, answer) {
    this.attempts = answer ? 0 : this.attempts + 1;
    if (!answer && this.attempts < MOST_ATTEMPTS) return;
    this.outbox.remove(id);
    this.attempts = 0;
    if (answer?.ok) this.on.accepted(id);
    else this.on.refused(id, typeof answer?.text === "string" ? answer.text : null);
  }

  rate(messageId, value, reason = null) {
    this.socket.emit("feedback", { message_id: messageId, value, ...(reason ? { reason } : {}) });
  }

  restart() {
    this.outbox.clear();
    this.sending = null;
    if (this.ready) this.socket.emit("restart", {});
  }

  /** Have the server delete the conversation; `deleted()` follows when it has. */
  erase() {
    this.socket.emit("delete_conversation", {});
  }

  forget() {
    this.outbox.clear();
    this.sending = null;
    this.ready = false;
    kept.remove(SESSION);
    this.on.deleted();
    this.socket.disconnect();
  }
}
