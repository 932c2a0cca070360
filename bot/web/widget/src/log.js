import { shown } from "./answering.js";
import { chips, dayLine, failureNote, personMessage, plainMessage, typingIndicator, waitingNote } from "./messages.js";
import { day, isToday } from "./time.js";

/** Should the server fall silent, the dots must not dance for ever. */
const LONGEST_TYPING_MS = 30_000;
const SCROLL_GAP_PX = 16;
const NEAR_END_PX = 80;

/**
 * What stands in the log, in the order it was said. `onChoose(choice)` hears a pressed suggestion, `onRate(id, value,
 * reason)` what is thought of a message, `onFollow({product, way})` which links to products are followed.
 */
export class Log {
  constructor(view, context, { onChoose, onRate, onFollow }) {
    this.view = view;
    this.context = context;
    this.onChoose = onChoose;
    this.onRate = onRate;
    this.onFollow = onFollow;
    this.waiting = false;
    this.clear();
    const { log, toEnd } = view;
    log.addEventListener("scroll", () => (toEnd.hidden = this.isNearEnd()), { passive: true });
    // Who reads further up is left there; a smooth scroll on its way to the end does not count as that.
    for (const sign of ["wheel", "touchmove", "keydown"]) log.addEventListener(sign, () => (this.following = false), { passive: true });
    // Pictures come later and push the rest down.
    log.addEventListener("load", () => this.grown(), true);
  }

  /** Keep what was in view there, unless the person has moved on. */
  grown() {
    if (this.following) this.atEnd ? this.scrollToEnd("instant") : this.scrollToTurn();
  }

  clear() {
    this.messages = [];
    this.entries = new Map();
    this.pending = new Set();
    this.suggestions = null;
    this.lastDay = null;
    this.question = this.reply = this.time = null;
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
    this.view.log.append(plainMessage(message, this.context));
    this.suggest(choices);
  }

  /** Add a message; one of the person's may be `pending` until the server has it. */
  add(message, pending = false) {
    if (this.has(message.id)) return;
    if (pending || this.isNearEnd()) this.following = true;
    this.place(message, pending);
    this.suggestAfter(message);
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
    this.decorate?.(entry, message);
    if (message.from === "bot") this.removeTyping();
    this.markDay(message.at);
    log.append(entry);
    if (this.typing) log.append(this.typing);
    if (message.from === "user") [this.question, this.reply] = [entry, null];
    else this.reply ??= entry;
    this.groupTimes(message, entry);
    if (pending) this.pending.add(message.id);
    this.setWaiting(this.waiting);
  }

  /** Of messages of one side and minute the last one says when. */
  groupTimes({ from }, entry) {
    const time = entry.querySelector("time");
    if (this.time && time && this.time.from === from && this.time.node.textContent === time.textContent) this.time.node.remove();
    if (time) this.time = { from, node: time };
  }

  entryOf(message) {
    if (message.from === "user") return personMessage(message, this.context);
    const { botMessage = plainMessage } = shown() ?? {};
    return botMessage(
      message, this.context, (value, reason) => this.onRate(message.id, value, reason), (text) => this.onChoose({ title: text, payload: text }),
      this.onFollow,
    );
  }

  markDay(at) {
    const date = at.toDateString();
    const first = this.lastDay === null && isToday(at);
    if (date !== this.lastDay && !first) this.view.log.append(dayLine(day(at, this.context.locale, this.context.strings.today)));
    this.lastDay = date;
  }

  /**
   * Bring the log in line with what the server knows: add what is missing, or, when it knows another conversation than
   * the one shown, show that. True when that was news.
   */
  merge(messages) {
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
    const news = missing.length > 0 || !same;
    if (news) {
      this.suggestAfter(this.messages.at(-1));
      if (same) this.scrollToTurn();
      else this.scrollToEnd("instant");
      this.following = true;
    }
    requestAnimationFrame(() => this.view.log.setAttribute("aria-live", "polite"));
    return news;
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

  /** Ask before something is done that cannot be undone: `actions` is `[{title, onPress}]`. */
  ask(title, sentence, actions) {
    this.asked?.remove();
    const close = (press) => () => {
      this.asked.remove();
      press();
    };
    this.asked = failureNote(title, sentence, actions.map(({ title, onPress }) => ({ title, onPress: close(onPress) })));
    this.asked.tabIndex = -1;
    this.view.log.append(this.asked);
    this.scrollToEnd();
    this.asked.querySelector("button").focus({ preventScroll: true });
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

  /** What a message offers, nothing where that was the person's. */
  suggestAfter(message) {
    if (message?.from !== "bot") return this.suggest([]);
    return this.suggest(message.choices, null, message.custom.several);
  }

  /**
   * What may be said next, in place of what was offered before; `about` says what these questions are about, `several` which
   * of them may be said together.
   */
  suggest(choices, about = null, several = null) {
    this.suggestions?.remove();
    this.suggestions = chips(choices, this.onChoose, this.context, about);
    if (several) shown()?.chooseSeveral(this.suggestions, choices, several, this.onChoose, this.context);
    if (this.suggestions) this.view.log.append(this.suggestions);
  }

  /** Whose writing the three dots are; null for the assistant's. */
  setWriter(sentence) {
    this.writes = sentence;
  }

  setTyping(on) {
    const { log, status } = this.view;
    clearTimeout(this.typingTimer);
    this.removeTyping();
    status.textContent = on ? this.writes ?? this.context.strings.typing : "";
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
    this.atEnd = true;
    this.view.log.scrollTo({ top: this.view.log.scrollHeight, behavior });
  }

  /**
   * Show the end of the answer, but never push its question out of sight: long answers are read from the top. Of a
   * question that fills the view only the end stays above its answer.
   */
  scrollToTurn() {
    this.atEnd = false;
    const { question, reply, view: { log } } = this;
    const end = log.scrollHeight - log.clientHeight;
    const asked = question ? question.offsetTop - SCROLL_GAP_PX : end;
    const answered = reply ? reply.offsetTop - log.clientHeight / 2 : 0;
    log.scrollTo({ top: Math.min(end, Math.max(asked, answered)) });
  }
}
