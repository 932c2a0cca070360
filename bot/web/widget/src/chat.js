import { load, shown } from "./answering.js";
import { Connection } from "./connection.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { Log } from "./log.js";
import { menu, soundSwitch } from "./menu.js";
import { isObject, readMessage } from "./reading.js";
import { followComposing } from "./composing.js";
import { contactLinks } from "./contact.js";
import { randomId, tab } from "./storage.js";
import { buildView, LONGEST_MESSAGE, tool } from "./view.js";

const COUNT_FROM = LONGEST_MESSAGE - 200;
/** The product of the page on which something was said last. */
const ABOUT = "about";

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
    this.withPerson = false;
    this.view = buildView({ ...context, heading, tools: [...this.makeTools(sound), ...tools], onToEnd: () => this.scrollToEnd() });
    this.log = new Log(this.view, context, {
      onChoose: (choice) => this.choose(choice),
      onRate: (id, value, reason) => this.connection.rate(id, value, reason),
      // Nobody is told where it could not be counted.
      onFollow: (followed) => this.connection.call("followed", followed),
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
      tool(strings.restart, icon("restart"), () => this.askRestart()),
      menu(this.context, [
        { label: strings.transcript, onPress: () => this.save() },
        { label: strings.privacy, onPress: () => this.showPrivacy() },
      ]),
    ];
  }

  handlers() {
    return {
      state: (state) => this.showState(state),
      unreachable: () => this.showOtherWay(),
      history: (messages, more) => this.take(messages.map((one) => readMessage(one)), more),
      reply: (message) => this.inTurn(() => this.receive(readMessage(message, "bot"))),
      echo: (message) => this.inTurn(() => this.log.add(readMessage({ ...message, from: "user" }))),
      pictures: async () => (await import("./attach.js")).attach(this),
      typing: (on) => this.log.setTyping(on),
      person: (state) => this.showPerson(isObject(state) ? state : {}),
      accepted: (id) => this.log.settle(id),
      refused: (id, sentence) => this.fail(id, sentence ?? this.strings.refused),
      restarted: () => this.inTurn(() => this.begin(this.strings.restarted)),
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
    input.addEventListener("input", () => {
      this.fitInput();
      if (this.withPerson && input.value) this.connection.writes();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    followComposing(input, () => this.submit());
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
    const { strings, context: { product, shop } } = this;
    const values = { product: product?.title, shop: shop.name };
    const text = product ? strings.greetingProduct : shop.name ? strings.greeting : strings.greetingNameless;
    // Where its words are not those of the answers, that is said before anything is asked.
    this.log.greet(readMessage({ text: fill(text, values) + strings.speaks }), this.suggestions());
  }

  /** The page shows another product than before: what is offered goes with it. */
  turned() {
    if (!this.started) return;
    if (this.messages.length > 0) this.offer();
    else if (!this.log.isEmpty()) this.greetAgain();
  }

  greetAgain() {
    this.log.clear();
    this.greet();
    this.showPending();
  }

  /**
   * Questions about the page's product, where the last message was said on another page or leaves the person without;
   * an open question of the finder goes first.
   */
  offer() {
    const last = this.messages.at(-1);
    if (last.from !== "bot" || last.custom.finder) return;
    const { product } = this.context;
    if (!product) this.log.suggestAfter(last);
    else if (!last.choices.length || tab.read(ABOUT) !== product.handle) this.log.suggest(this.suggestions(), product.title);
    this.log.grown();
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

  /** Do what is to be done with answers once they can be shown, in the order they came. */
  inTurn(work) {
    return shown() ? work() : load(this.context).then(work, work);
  }

  /** The server's messages; nothing of a conversation that has not begun must wait. */
  async take(messages, more) {
    if (messages.length > 0) await this.inTurn(() => {});
    const pending = this.connection.outbox.all();
    for (const { id } of pending.filter((one) => messages.some((known) => known.id === one.id))) this.connection.outbox.remove(id);
    if (messages.length > 0) {
      if (this.log.merge(messages)) this.offer();
    } else if (this.log.hasConversation()) this.log.clear();
    if (this.log.isEmpty()) this.greetAgain();
    this.onHistory(messages);
    if (more) this.offerOlder();
  }

  async offerOlder() {
    (await import("./older.js")).older(this);
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
    if (!text || text.length > LONGEST_MESSAGE) return;
    this.setInput("");
    this.say(text);
  }

  /** Say `text`, which stands in the log as `shown`; `more` goes along, such as the name of a picture. */
  say(text, shown = text, more = {}) {
    const message = readMessage({ id: randomId(), text: shown, from: "user", ...more });
    load(this.context);
    tab.write(ABOUT, this.context.product?.handle ?? "");
    this.log.add(message, true);
    this.connection.say({ id: message.id, text, at: message.at.toISOString(), ...more });
  }

  /** A pressed suggestion says its full question, as it will stand in the history; a payload for machines does not show. */
  choose({ title, payload }) {
    this.say(payload, payload.startsWith("/") ? title : payload);
    this.focusInput();
  }

  fail(id, sentence) {
    const { retry, edit, notSent, sentPicture } = this.strings;
    const { text, picture } = this.log.find(id) ?? {};
    const again = (put) => () => {
      this.log.drop(id);
      put();
      this.focusInput();
    };
    this.log.fail(id, notSent, sentence, [
      { title: retry, onPress: again(() => this.say(picture && text === sentPicture ? "" : text, text, { picture })) },
      { title: edit, onPress: again(() => this.setInput([text, this.view.input.value].filter(Boolean).join("\n").slice(0, LONGEST_MESSAGE))) },
    ]);
  }

  /** What has been said goes with it, so that a slip of the finger must not do it. */
  askRestart() {
    this.leaveSheet();
    if (this.messages.length === 0) return void this.restart();
    const { restart, restartSure, restartYes, restartNo } = this.strings;
    this.log.ask(restart, restartSure, [
      { title: restartYes, onPress: () => this.restart() },
      { title: restartNo, onPress: () => this.focusInput() },
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

  async save() {
    await this.context.more();
    (await import("./transcript.js")).download(this.messages, this.context);
  }

  async showPrivacy() {
    const { privacySheet, styles } = await import("./privacy.js");
    await this.context.more();
    if (!this.hasSheets) this.hasSheets = this.context.adopt(styles);
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
      if (state === "reconnecting" && this.stuck) return;
      banner.textContent = strings[state] ?? "";
      banner.dataset.state = state;
    };
    if (state === "online") this.stuck = false;
    // A connection that stands in a moment is not worth a word.
    if (state === "connecting" || state === "reconnecting") this.stateTimer = setTimeout(tell, 800);
    else tell();
    if (state !== "online" && this.log.isEmpty() && state !== "connecting") this.greet();
    this.log.setWaiting(state !== "online");
  }

  /** No line for a while: how the shop is reached without us. Trying goes on. */
  showOtherWay() {
    if (navigator.onLine === false) return;
    this.stuck = true;
    clearTimeout(this.stateTimer);
    const { strings, context, view: { banner } } = this;
    banner.replaceChildren(strings.unreachable, ...contactLinks(context));
  }

  /** Who has the talk stands in the header, and whose writing the dots are. */
  showPerson({ owner, name }) {
    const { strings, view: { tagline } } = this;
    this.withPerson = owner === "person" || owner === "waiting";
    const here = owner === "person" ? fill(strings.personHere, { name }) : owner === "waiting" ? strings.personWaiting : null;
    tagline.textContent = here ?? strings.tagline;
    this.log.setWriter(owner === "person" ? fill(strings.personTyping, { name }) : null);
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
    const { charactersLeft, charactersOver } = this.strings;
    count.textContent = input.value.length <= COUNT_FROM ? "" : fill(left < 0 ? charactersOver : charactersLeft, { count: Math.abs(left) });
    input.setAttribute("aria-invalid", String(left < 0));
  }

  /** Keep the keyboard's place; on touch screens the log, lest the on-screen keyboard cover the answer. */
  focusInput() {
    const touch = window.matchMedia("(pointer: coarse)").matches;
    (touch ? this.view.log : this.view.input).focus({ preventScroll: true });
  }

  scrollToEnd(behavior) {
    this.log.scrollToEnd(behavior);
  }
}
