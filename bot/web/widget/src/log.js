import { botMessage, chips, dayLine, failureNote, personMessage, typingIndicator, waitingNote } from "./messages.js";
import { day } from "./time.js";

/** Should the server fall silent, the dots must not dance for ever. */
const LONGEST_TYPING_MS = 30_000;
const SCROLL_GAP_PX = 16;
const NEAR_END_PX = 80;

/**
 * What stands in the log, in the order it was said. `onChoose(choice)` hears a pressed suggestion, `onRate(id, value,
 * reason)` what is thought of a message.
 */
export class Log {
  constructor(view, context, { onChoose, onRate }) {
    this.view = view;
    this.context = context;
    this.onChoose = onChoose;
    this.onRate = onRate;
    this.waiting = false;
    this.clear();
    const { log, toEnd } = view;
    log.addEventListener("scroll", () => (toEnd.hidden = this.isNearEnd()), { passive: true });
    // Who reads further up is left there; a smooth scroll on its way to the end does not count as that.
    for (const sign of ["wheel", "touchmove", "keydown"]) log.addEventListener(sign, () => (this.following = false), { passive: true });
  }

  clear() {
    this.messages = [];
    this.entries = new Map();
    this.pending = new Set();
    this.suggestions = null;
    this.lastDay = null;
    this.setTyping(false);
    this.view.log.replaceChildren();
  }

  has(id) {
    return this.entries.has(id);
  }

  find(id) {
    return this.messages.find((one) => one.id === id);
  }

  isEmpty() {
    return this.view.log.childElementCount === 0;
  }

  /** Whether anything stands here that the server once had. */
  hasConversation() {
    return this.messages.length > this.pending.size;
  }

  greet(message, choices) {
    this.view.log.append(botMessage(message, this.context));
    this.suggest(choices);
  }

  /** Add a message; one of the person's may be `pending` until the server has it. */
  add(message, pending = false) {
    if (this.has(message.id)) return;
    if (pending || this.isNearEnd()) this.following = true;
    this.place(message, pending);
    this.suggest(message.from === "bot" ? message.choices : []);
    if (message.from === "user" && pending) this.scrollToEnd();
    else if (this.following) this.scrollToTurn();
    else this.view.toEnd.hidden = false;
  }

  place(message, pending) {
    const { log } = this.view;
    const entry = this.entryOf(message);
    if (!entry) return;
    this.messages.push(message);
    this.entries.set(message.id, entry);
    if (message.from === "bot") this.removeTyping();
    this.markDay(message.at);
    log.append(entry);
    if (this.typing) log.append(this.typing);
    if (message.from === "user") this.question = entry;
    if (pending) this.pending.add(message.id);
    this.setWaiting(this.waiting);
  }

  entryOf(message) {
    if (message.from === "user") return personMessage(message, this.context);
    return botMessage(message, this.context, (value, reason) => this.onRate(message.id, value, reason));
  }

  markDay(at) {
    const date = at.toDateString();
    const first = this.lastDay === null && date === new Date().toDateString();
    if (date !== this.lastDay && !first) this.view.log.append(dayLine(day(at, this.context.locale, this.context.strings.today)));
    this.lastDay = date;
  }

  /**
   * Bring the log in line with what the server knows: add what is missing, or, when it knows another conversation than
   * the one shown, show that. `extra` is suggested when the last message suggests nothing.
   */
  merge(messages, extra) {
    const unsent = this.messages.filter(({ id }) => this.pending.has(id) && !messages.some((one) => one.id === id));
    const same = messages.some(({ id }) => this.has(id));
    const missing = messages.filter(({ id }) => !this.has(id));
    if (!same) this.clear();
    // A long history is not news to be read out.
    if (!same) this.view.log.setAttribute("aria-live", "off");
    for (const one of messages) this.settle(one.id);
    for (const { id } of missing.length ? unsent : []) this.drop(id);
    for (const one of missing) this.place(one, false);
    for (const one of unsent) if (!this.has(one.id)) this.place(one, true);
    if (missing.length || !same) {
      const last = this.messages.at(-1);
      this.suggest(last?.from === "bot" ? (last.choices.length ? last.choices : extra) : []);
      if (same) this.scrollToTurn();
      else this.scrollToEnd("instant");
    }
    requestAnimationFrame(() => this.view.log.setAttribute("aria-live", "polite"));
  }

  /** The server has this message. */
  settle(id) {
    this.pending.delete(id);
    this.entries.get(id)?.querySelector(".gs-waiting")?.remove();
  }

  drop(id) {
    this.entries.get(id)?.remove();
    this.entries.delete(id);
    this.pending.delete(id);
    this.messages = this.messages.filter((one) => one.id !== id);
  }

  fail(id, title, sentence, actions) {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.settle(id);
    entry.classList.add("gs-entry-failed");
    entry.append(failureNote(title, sentence, actions));
    this.scrollToEnd();
  }

  /** A line of the chat itself. */
  note(text) {
    this.view.log.prepend(dayLine(text));
  }

  /** Whether messages on their way have to wait for the connection, which they then say. */
  setWaiting(waiting) {
    this.waiting = waiting;
    for (const id of this.pending) {
      const entry = this.entries.get(id);
      const note = entry?.querySelector(".gs-waiting");
      if (waiting && !note) entry?.append(waitingNote(this.context));
      if (!waiting) note?.remove();
    }
  }

  suggest(choices) {
    this.suggestions?.remove();
    this.suggestions = chips(choices, this.onChoose, this.context);
    if (this.suggestions) this.view.log.append(this.suggestions);
  }

  setTyping(on) {
    const { log, status } = this.view;
    clearTimeout(this.typingTimer);
    this.removeTyping();
    status.textContent = on ? this.context.strings.typing : "";
    if (!on) return;
    this.typing = typingIndicator();
    log.append(this.typing);
    if (this.following) this.scrollToEnd();
    this.typingTimer = setTimeout(() => this.setTyping(false), LONGEST_TYPING_MS);
  }

  removeTyping() {
    this.typing?.remove();
    this.typing = null;
  }

  isNearEnd() {
    const { log } = this.view;
    return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  }

  scrollToEnd(behavior = "auto") {
    this.view.log.scrollTo({ top: this.view.log.scrollHeight, behavior });
  }

  /** Show the end of the answer, but never push its question out of sight: long answers are read from the top. */
  scrollToTurn() {
    const { log } = this.view;
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTo({ top: this.question ? Math.min(end, this.question.offsetTop - SCROLL_GAP_PX) : end });
  }
}
