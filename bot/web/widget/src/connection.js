import { createOutbox } from "./outbox.js";
import { kept } from "./storage.js";
import { setClock } from "./time.js";

const SESSION = "session";
const ANSWERED_WITHIN_MS = 15_000;
const BREATH_MS = 4_000;
const MOST_ATTEMPTS = 3;
const WRITES_EVERY_MS = 3_000;
/** After so long without a session the person is told of another way. */
const PATIENCE_MS = 8_000;
/** A server that is there shows a sign of life by then, if only that it is writing. */
const SILENCE_MS = 7_000;

/** Refusals that are over after a while; what was refused is then sent again by itself. */
const PASSING = ["too_fast", "no_session", "not_ready"];

/**
 * The line to the server; the protocol stands in bot/channels/web.md. `on` holds what is told:
 * `state("connecting" | "online" | "reconnecting" | "offline")`, `history(messages, more)`, `pictures()`, `reply(message)`, `echo(message)`,
 * `unreachable()`, `typing(on)`, `person({owner, name})`, `accepted(id)`, `refused(id, sentence)`, `restarted()`, `deleted()`, and `trouble(sentence)` for what
 * else was refused. `metadata()` gives what is sent with each message.
 */
export class Connection {
  constructor({ server, metadata, on }) {
    this.server = server;
    this.metadata = metadata;
    this.on = on;
    this.outbox = createOutbox();
    this.socket = null;
    this.ready = false;
    this.waiting = [];
    this.sending = null;
    this.attempts = 0;
    for (const change of ["offline", "online"]) window.addEventListener(change, () => this.notice());
  }

  /** Whether this browser has talked here before. */
  static known() {
    return kept.read(SESSION) !== null;
  }

  async open() {
    if (this.opening) return;
    this.opening = true;
    this.on.state(navigator.onLine === false ? "offline" : "connecting");
    this.hope();
    try {
      this.socket ??= await this.makeSocket();
      this.socket.connect();
    } catch {
      // Socket.IO itself could not be loaded: no network, then.
      this.opening = false;
      this.report();
      setTimeout(() => this.open(), BREATH_MS);
    }
  }

  async makeSocket() {
    const { io } = await import("./vendor/socket.io.esm.min.js");
    const { on, server } = this;
    const socket = io(server.origin, {
      path: `${server.pathname}socket.io/`,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
    });
    const told = {
      connect: () => this.ask(),
      connect_error: () => this.retry(),
      disconnect: (reason) => this.lose(reason),
      session_confirm: (token) => kept.write(SESSION, String(token)),
      history: (history) => this.begin(history ?? {}),
      pictures: on.pictures,
      bot_uttered: on.reply,
      bot_typing: (typing) => on.typing(typing?.on === true),
      person: on.person,
      user_echo: on.echo,
      conversation_restarted: on.restarted,
      conversation_deleted: () => this.forget(),
    };
    for (const [event, hear] of Object.entries(told)) socket.on(event, hear);
    socket.io.on("ping", () => this.hear());
    socket.onAny(() => this.hear());
    return socket;
  }

  /** Say so when there is no session after a while; trying goes on. */
  hope() {
    this.hoping ??= setTimeout(() => this.on.unreachable(), PATIENCE_MS);
  }

  /** A sign of life. */
  hear() {
    clearTimeout(this.silence);
  }

  /**
   * A message has left. On a line that is cut somewhere between, nothing comes back and nobody says so; a new one then
   * takes the message along.
   */
  listen() {
    this.hear();
    this.silence = setTimeout(() => this.socket.io.engine?.close(), SILENCE_MS);
  }

  /** The client itself goes on trying, except when the server refused it. */
  retry() {
    this.report();
    if (!this.socket.active) setTimeout(() => this.socket.connect(), BREATH_MS);
  }

  ask() {
    this.socket.emit("session_request", { session_id: kept.read(SESSION), client: "glasskin" });
  }

  /** The history closes the opening of a session; what was sent before it could be missing from it. */
  async begin({ messages, more, now }) {
    setClock(now);
    await this.on.history(Array.isArray(messages) ? messages : [], more);
    if (!this.socket.connected) return; // lost meanwhile
    this.ready = true;
    clearTimeout(this.hoping);
    this.hoping = null;
    this.sending = null;
    this.report();
    for (const [event, body] of this.waiting.splice(0)) this.tell(event, body);
    this.flush();
  }

  lose(reason) {
    this.ready = false;
    this.sending = null;
    this.hear();
    if (!this.opening) return;
    this.hope();
    this.report();
    // Only then does the client not come back by itself.
    if (reason === "io server disconnect") this.socket.connect();
  }

  /** The browser says that the network has gone or come. */
  notice() {
    if (!this.opening) return;
    this.report();
    if (navigator.onLine && this.socket && !this.socket.connected) this.socket.disconnect().connect();
  }

  report() {
    if (navigator.onLine === false) this.on.state("offline");
    else this.on.state(this.ready ? "online" : "reconnecting");
  }

  /** Say `{id, text, at}`, now or as soon as there is a line. */
  say(message) {
    this.outbox.add(message);
    this.open();
    this.flush();
  }

  async flush() {
    const message = this.outbox.first();
    if (!this.ready || this.sending || !message || navigator.onLine === false) return;
    this.sending = message.id;
    this.listen();
    const answer = await this.call("user_uttered", {
      message: message.text, id: message.id, picture: message.picture, session_id: kept.read(SESSION), metadata: this.metadata(),
    });
    this.hear();
    if (this.sending !== message.id) return; // the line was lost meanwhile; the next one takes care of it
    if (await this.settle(message.id, answer)) this.attempts = 0;
    this.sending = null;
    this.flush();
  }

  /** The server's answer to an event, null when none comes: it may or may not have arrived then. */
  async call(event, body) {
    try {
      return await this.socket.timeout(ANSWERED_WITHIN_MS).emitWithAck(event, body);
    } catch {
      return null;
    }
  }

  /** Take note of how a message fared; false when it is to be sent again, under the same id and so never twice said. */
  async settle(id, answer) {
    if (answer?.ok) {
      this.outbox.remove(id);
      this.on.accepted(id);
      return true;
    }
    this.attempts += 1;
    if (this.attempts < MOST_ATTEMPTS && (!answer || PASSING.includes(answer.error))) {
      if (answer?.error === "no_session") this.ask();
      if (answer) await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      return false;
    }
    this.outbox.remove(id);
    this.on.refused(id, answer?.text ?? null);
    return true;
  }

  /** Send what is no message, now or as soon as there is a line. */
  async tell(event, body) {
    if (!this.ready) return void this.waiting.push([event, body]);
    const answer = await this.call(event, body);
    if (answer?.ok === false) this.on.trouble(answer.text);
  }

  rate(messageId, value, reason = null) {
    this.tell("feedback", { message_id: messageId, value, ...(reason ? { reason } : {}) });
  }

  /** The person is writing; only somebody of the staff wants to know, and not at each letter. */
  writes() {
    const now = Date.now();
    if (!this.ready || now - (this.wrote ?? 0) < WRITES_EVERY_MS) return;
    this.wrote = now;
    this.socket.emit("typing", {});
  }

  restart() {
    this.outbox.clear();
    this.tell("restart", {});
  }

  /** Have the server delete the conversation; `deleted()` follows when it has. */
  erase() {
    this.tell("delete_conversation", {});
  }

  forget() {
    this.outbox.clear();
    kept.remove(SESSION);
    this.opening = false;
    clearTimeout(this.hoping);
    this.hoping = null;
    this.socket.disconnect();
    this.on.deleted();
  }
}
