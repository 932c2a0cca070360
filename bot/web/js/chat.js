import { allButtons, botMessage, chips, failureNote, joinParts, personMessage, typingIndicator } from "./messages.js";
import { buildView, LONGEST_MESSAGE } from "./view.js";

/** Quick answers need no dots; showing them would only flicker. */
const TYPING_DELAY_MS = 250;
const COUNT_FROM = LONGEST_MESSAGE - 200;
const SCROLL_GAP_PX = 16;

/**
 * The conversation: owns the log, the composer and the suggestions. `transport` has `send(text)`, which resolves
 * to a list of messages or rejects with `{kind, status, sentence}`, and `restart()`.
 */
export class Chat {
  constructor({ root, transport, strings, logo, heading = "h2" }) {
    this.transport = transport;
    this.strings = strings;
    this.view = buildView({ root, strings, logo, heading, onRestart: () => this.restart() });
    this.suggestions = null;
    this.failure = null;
    this.conversation = 0;
    this.busy = false;
    this.listen();
    this.greet();
  }

  listen() {
    const { form, input } = this.view;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    input.addEventListener("input", () => this.fitInput());
    input.addEventListener("keydown", (event) => {
      // While Korean or Japanese is being composed, Enter picks a syllable and must not send.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
  }

  greet() {
    const { greeting, suggestions } = this.strings;
    const buttons = suggestions.map((title) => ({ title, payload: title }));
    this.showReply([{ text: greeting, buttons }]);
  }

  submit() {
    const text = this.view.input.value.trim();
    if (!text || this.busy) return;
    this.setInput("");
    this.say(text, text);
  }

  /** Show `shown` as the person's message and send `text`. */
  say(shown, text) {
    if (this.busy) return;
    this.removeSuggestions();
    this.settleFailure();
    const entry = personMessage(shown, this.strings);
    this.view.log.append(entry);
    this.scrollToEnd();
    this.deliver({ entry, shown, text });
  }

  async deliver(message) {
    const conversation = this.conversation;
    this.setBusy(true);
    try {
      const messages = await this.transport.send(message.text);
      if (conversation !== this.conversation) return;
      this.setBusy(false);
      this.showReply(messages, message.entry);
    } catch (error) {
      if (conversation !== this.conversation) return;
      this.setBusy(false);
      this.showFailure(error, message);
      if (!error.kind) throw error; // a mistake in this code, not a lost message: let the console have it
    }
  }

  showReply(messages, question = null) {
    const { log } = this.view;
    const parts = joinParts(messages);
    const shown = parts.map((part) => botMessage(part, this.strings)).filter(Boolean);
    this.suggestions = chips(allButtons(parts), (choice) => this.choose(choice), this.strings);
    if (shown.length === 0 && !this.suggestions) {
      shown.push(botMessage({ text: this.strings.noAnswer }, this.strings));
    }
    log.append(...shown, ...(this.suggestions ? [this.suggestions] : []));
    if (question) this.scrollToTurn(question);
  }

  choose({ title, payload }) {
    this.say(title, payload);
    this.focusInput();
  }

  showFailure(error, message) {
    const { errors, retry, edit, notSent, unanswered } = this.strings;
    const title = ["timeout", "unreadable"].includes(error.kind) ? unanswered : notSent;
    const sentence = error.sentence ?? errors[error.status] ?? errors[error.kind] ?? errors.refused;
    const actions = [{ title: retry, onPress: () => this.retry(message) }];
    // A pressed button's payload is not for human eyes, so only typed messages can be edited.
    if (message.shown === message.text) actions.push({ title: edit, onPress: () => this.edit(message) });
    this.failure = failureNote(title, sentence, actions);
    message.entry.classList.add("gs-entry-failed");
    message.entry.append(this.failure);
    this.scrollToEnd();
  }

  retry(message) {
    if (this.busy) return;
    this.failure?.remove();
    this.failure = null;
    message.entry.classList.remove("gs-entry-failed");
    this.focusInput();
    this.deliver(message);
  }

  edit(message) {
    const draft = this.view.input.value;
    this.failure = null;
    message.entry.remove();
    this.setInput(draft ? `${message.text}\n${draft}`.slice(0, LONGEST_MESSAGE) : message.text);
    this.view.input.focus();
  }

  /** Once the person has moved on, an older failed message could only be sent out of order. */
  settleFailure() {
    this.failure?.querySelector(".gs-actions")?.remove();
    this.failure = null;
  }

  restart() {
    this.conversation += 1;
    this.transport.restart();
    this.setBusy(false);
    this.failure = null;
    this.view.log.replaceChildren();
    this.setInput("");
    this.greet();
    this.view.status.textContent = this.strings.restarted;
    this.focusInput();
  }

  removeSuggestions() {
    this.suggestions?.remove();
    this.suggestions = null;
  }

  setBusy(busy) {
    const { status, send, log } = this.view;
    this.busy = busy;
    clearTimeout(this.typingTimer);
    this.typing?.remove();
    this.typing = null;
    // Not `disabled`: that would throw the keyboard's focus away.
    send.setAttribute("aria-disabled", String(busy));
    status.textContent = "";
    if (!busy) return;
    this.typingTimer = setTimeout(() => {
      this.typing = typingIndicator();
      log.append(this.typing);
      status.textContent = this.strings.typing;
      this.scrollToEnd();
    }, TYPING_DELAY_MS);
  }

  setInput(text) {
    this.view.input.value = text;
    this.fitInput();
  }

  fitInput() {
    const { input, count } = this.view;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    const length = input.value.length;
    count.textContent = length > COUNT_FROM ? this.strings.charactersLeft(LONGEST_MESSAGE - length) : "";
  }

  /** Keep the keyboard's place; on touch screens the log, lest the on-screen keyboard cover the answer. */
  focusInput() {
    const touch = window.matchMedia("(pointer: coarse)").matches;
    (touch ? this.view.log : this.view.input).focus({ preventScroll: true });
  }

  scrollToEnd() {
    this.view.log.scrollTop = this.view.log.scrollHeight;
  }

  /** Show the end of the answer, but never push its question out of sight: long answers are read from the top. */
  scrollToTurn(question) {
    const { log } = this.view;
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = Math.min(end, question.offsetTop - SCROLL_GAP_PX);
  }
}
