import { Chat } from "./chat.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { createSound } from "./sound.js";
import { holdPage } from "./scrolling.js";
import { kept } from "./storage.js";
import { tool } from "./view.js";

const SEEN = "seen";
const PHONE = "(max-width: 599px), (max-height: 479px)";

/** The open chat: a dialog beside the shop's page (over all of it on a phone), or the filling of a page of its own. */
export class Panel {
  constructor(context, launcher) {
    this.context = context;
    this.launcher = launcher;
    this.sound = createSound();
    this.unread = 0;
    const { strings } = context;
    const minimise = launcher ? tool(strings.minimise, icon("chevron", 90), () => this.close()) : null;
    this.chat = new Chat({
      context,
      sound: this.sound,
      heading: launcher ? "h2" : "h1",
      tools: [minimise].filter(Boolean),
      onReply: (message) => this.notice(message),
      onHistory: (messages) => this.catchUp(messages),
    });
  }

  static beside(context, launcher) {
    const panel = new Panel(context, launcher);
    panel.dialog = el("dialog", { class: "gs-panel", "aria-label": context.strings.name }, panel.chat.view.chat);
    context.root.append(panel.dialog);
    panel.dialog.addEventListener("close", () => launcher.closed());
    panel.dialog.addEventListener("keydown", (event) => panel.escape(event));
    holdPage(panel.dialog);
    document.addEventListener("visibilitychange", () => panel.markSeen());
    return panel;
  }

  static fill(context) {
    const panel = new Panel(context, null);
    context.root.append(panel.chat.view.chat);
    panel.chat.start();
    // On touch screens the keyboard would cover the greeting.
    if (!window.matchMedia("(pointer: coarse)").matches) panel.chat.focusInput();
    return panel;
  }

  get visible() {
    return (!this.launcher || this.dialog.open) && document.visibilityState === "visible";
  }

  /** Connect without showing, for what may have been answered while the person was away. */
  listen() {
    this.chat.start();
  }

  show({ focus }) {
    this.chat.start();
    this.chat.turned();
    if (this.dialog.open) return;
    this.lift();
    if (focus) this.chat.focusInput();
    this.chat.scrollToEnd("instant");
    this.markSeen();
  }

  lift() {
    // On a phone it covers the page, which must then be out of reach of keyboard and screen reader too.
    if (window.matchMedia(PHONE).matches) this.dialog.showModal();
    // Its method `show` would take the focus away from the page.
    else this.dialog.setAttribute("open", "");
  }

  /** The page shows another product. */
  turned() {
    if (this.visible) this.chat.turned();
  }

  /** The page had lost us: what was open is so again, at the newest message. */
  restored() {
    if (this.dialog?.open) {
      this.dialog.removeAttribute("open");
      this.lift();
      this.chat.focusInput();
    }
    this.chat.scrollToEnd("instant");
  }

  ask(question) {
    this.chat.start();
    this.chat.say(question);
  }

  /** Put a question into the composer, where nothing stands there yet. */
  propose(question) {
    if (question && !this.chat.view.input.value) this.chat.setInput(question);
  }

  close() {
    this.dialog.close();
  }

  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.chat.leaveSheet()) this.close();
  }

  notice(message) {
    if (this.visible) return this.markSeen();
    this.sound.play();
    this.setUnread(this.unread + 1);
    this.launcher?.announce(`${this.context.strings.newMessage}: ${message.text.slice(0, 200)}`);
    return undefined;
  }

  catchUp(messages) {
    if (this.visible) return this.markSeen();
    const seen = messages.findLastIndex(({ id }) => id === kept.read(SEEN));
    this.setUnread(messages.slice(seen + 1).filter(({ from }) => from === "bot").length);
    return undefined;
  }

  markSeen() {
    if (!this.visible) return;
    const last = this.chat.messages.findLast(({ from }) => from === "bot");
    if (last) kept.write(SEEN, last.id);
    this.setUnread(0);
  }

  setUnread(count) {
    this.unread = count;
    this.launcher?.setUnread(count);
  }
}
