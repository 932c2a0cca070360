import { Connection } from "./connection.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { Log } from "./log.js";
import { menu, privacySheet, soundSwitch } from "./menu.js";
import { readMessage } from "./reading.js";
import { randomId } from "./storage.js";
import { download, transcript } from "./transcript.js";
import { buildView, LONGEST_MESSAGE, tool } from "./view.js";

const COUNT_FROM = LONGEST_MESSAGE - 200;

/**
 * The conversation: brings together what is written, the line to the server and the log. `onReply(message)` and
 * `onHistory(messages)` hear what arrives.
 */
export class Chat {
  constructor({ context, sound, heading, tools, onReply, onHistory }) {
    this.context = context;
    this.strings = context.strings;
    this.onReply = onReply;
    this.onHistory = onHistory;
    this.started = false;
    this.view = buildView({ ...context, heading, tools: [...this.makeTools(sound), ...tools], onToEnd: () => this.scrollToEnd() });
    this.log = new Log(this.view, context, {
      onChoose: (choice) => this.choose(choice),
      onRate: (id, value, reason) => this.connection.rate(id, value, reason),
    });
    this.connection = new Connection({ server: context.server, metadata: () => this.metadata(), on: this.handlers() });
    this.sheet = null;
    this.listen();
  }

  get messages() {
    return this.log.messages;
  }

  makeTools(sound) {
    const { strings } = this;
    return [
      soundSwitch(this.context, sound),
      tool(strings.restart, icon("restart"), () => this.restart()),
      menu(this.context, [
        { label: strings.transcript, onPress: () => this.save() },
        { label: strings.privacy, onPress: () => this.showPrivacy() },
      ]),
    ];
  }

  handlers() {
    return {
      state: (state) => this.showState(state),
      history: (messages) => this.take(messages.map((one) => readMessage(one))),
      reply: (message) => this.receive(readMessage(message, "bot")),
      echo: (message) => this.log.add(readMessage({ ...message, from: "user" })),
      typing: (on) => this.log.setTyping(on),
      accepted: (id) => this.log.settle(id),
      refused: (id, sentence) => this.fail(id, sentence ?? this.strings.refused),
      restarted: () => this.begin(this.strings.restarted),
      deleted: () => this.erased(),
      trouble: (sentence) => this.tell(sentence),
    };
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

  /** Connect; who has talked here before sees that first. */
  start() {
    if (this.started) return;
    this.started = true;
    if (!Connection.known()) this.greet();
    this.showPending();
    this.connection.open();
  }

  showPending() {
    for (const one of this.connection.outbox.all()) this.log.add(readMessage({ ...one, from: "user" }), true);
  }

  metadata() {
    const { product, locale } = this.context;
    // The address without what may be personal: search terms, tokens.
    return { page: location.origin + location.pathname, product: product?.handle ?? null, locale };
  }

  greet() {
    const { strings, context: { product } } = this;
    const values = { product: product?.title };
    const text = product ? fill(strings.greetingProduct, values) : strings.greeting;
    this.log.greet(readMessage({ text }), this.suggestions());
  }

  /** Questions that fit the page. */
  suggestions() {
    const { strings, context: { product } } = this;
    const [shown, sent] = product
      ? [strings.suggestionsProduct, strings.questionsProduct]
      : [strings.suggestions, strings.questions];
    return sent.map((question, place) => {
      const payload = fill(question, { product: product?.title });
      return { title: shown[place] ?? payload, payload };
    });
  }

  take(messages) {
    const pending = this.connection.outbox.all();
    for (const { id } of pending.filter((one) => messages.some((known) => known.id === one.id))) this.connection.outbox.remove(id);
    if (messages.length > 0) this.log.merge(messages, this.context.product ? this.suggestions() : []);
    else if (this.log.hasConversation()) this.log.clear();
    if (this.log.isEmpty()) {
      this.greet();
      this.showPending();
    }
    this.onHistory(messages);
  }

  receive(message) {
    if (this.log.has(message.id)) return;
    this.log.add(message);
    // After a restart the first words may come without suggestions; those of the page fit then.
    if (this.messages.length === 1 && message.choices.length === 0) this.log.suggest(this.suggestions());
    this.onReply(message);
  }

  submit() {
    const text = this.view.input.value.trim();
    if (!text) return;
    this.setInput("");
    this.say(text);
  }

  say(text, shown = text) {
    const message = readMessage({ id: randomId(), text: shown, from: "user" });
    this.log.add(message, true);
    this.connection.say({ id: message.id, text, at: message.at.toISOString() });
  }

  /** A pressed suggestion says its full question, as it will stand in the history; a payload for machines does not show. */
  choose({ title, payload }) {
    this.say(payload, payload.startsWith("/") ? title : payload);
    this.focusInput();
  }

  fail(id, sentence) {
    const { retry, edit, notSent } = this.strings;
    const text = this.log.find(id)?.text ?? "";
    const again = (put) => () => {
      this.log.drop(id);
      put();
      this.focusInput();
    };
    this.log.fail(id, notSent, sentence, [
      { title: retry, onPress: again(() => this.say(text)) },
      { title: edit, onPress: again(() => this.setInput([text, this.view.input.value].filter(Boolean).join("\n").slice(0, LONGEST_MESSAGE))) },
    ]);
  }

  /** A new conversation: the server empties the view of every tab and says its first words; without it, we do. */
  restart() {
    this.leaveSheet();
    this.connection.restart();
    if (!this.connection.ready) {
      this.begin(this.strings.restarted);
      this.greet();
    }
    this.focusInput();
  }

  /** An empty log again. */
  begin(said) {
    this.log.clear();
    this.setInput("");
    this.view.status.textContent = said;
  }

  erased() {
    this.leaveSheet();
    this.begin(this.strings.erased);
    this.log.note(this.strings.erased);
    this.greet();
  }

  /** Something to know that is no message. */
  tell(sentence) {
    this.view.banner.textContent = sentence;
    clearTimeout(this.stateTimer);
    this.stateTimer = setTimeout(() => (this.view.banner.textContent = ""), 6000);
  }

  save() {
    download(transcript(this.messages, this.context), `glasskin-${new Date().toISOString().slice(0, 10)}.txt`);
  }

  showPrivacy() {
    const { talk, chat } = this.view;
    const { sheet, heading } = privacySheet(this.context, {
      onBack: () => this.leaveSheet(),
      onErase: () => this.connection.erase(),
    });
    this.sheet?.remove();
    this.sheet = sheet;
    talk.hidden = true;
    chat.append(sheet);
    heading.focus();
  }

  /** Back from a note to the talk; false when none was open. */
  leaveSheet() {
    if (!this.sheet) return false;
    this.sheet.remove();
    this.sheet = null;
    this.view.talk.hidden = false;
    this.focusInput();
    return true;
  }

  showState(state) {
    const { strings, view: { banner } } = this;
    clearTimeout(this.stateTimer);
    const tell = () => {
      banner.textContent = strings[state] ?? "";
      banner.dataset.state = state;
    };
    // A connection that stands in a moment is not worth a word.
    if (state === "connecting" || state === "reconnecting") this.stateTimer = setTimeout(tell, 800);
    else tell();
    if (state !== "online" && this.log.isEmpty() && state !== "connecting") this.greet();
    this.log.setWaiting(state !== "online");
  }

  setInput(text) {
    this.view.input.value = text;
    this.fitInput();
  }

  fitInput() {
    const { input, count } = this.view;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    const left = LONGEST_MESSAGE - input.value.length;
    count.textContent = input.value.length > COUNT_FROM ? fill(this.strings.charactersLeft, { count: left }) : "";
  }

  /** Keep the keyboard's place; on touch screens the log, lest the on-screen keyboard cover the answer. */
  focusInput() {
    const touch = window.matchMedia("(pointer: coarse)").matches;
    (touch ? this.view.log : this.view.input).focus({ preventScroll: true });
  }

  scrollToEnd() {
    this.log.scrollToEnd();
  }
}
