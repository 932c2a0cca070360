import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { Panel } from "./panel.js";
import { stepAside } from "./place.js";
import { kept, tab } from "./storage.js";

const OPEN = "open";
const MOST_SHOWN = 99;
const ADDRESS = "#glasskin";

/** The button on the shop's page; makes the chat itself when it is first needed. */
export class Launcher {
  constructor(context) {
    this.context = context;
    const { strings, root } = context;
    this.badge = el("span", { class: "gs-badge", "aria-hidden": "true", hidden: true });
    this.status = el("p", { class: "gs-spoken", role: "status" });
    this.text = el("span", { class: "gs-launcher-text" });
    this.button = button(
      "gs-launcher",
      () => this.open(),
      { "aria-haspopup": "dialog", "aria-label": strings.open },
      icon("chat"),
      this.text,
      this.badge,
    );
    root.append(this.button, this.status);
    this.unread = 0;
    this.turned();
    document.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("hashchange", () => this.arrive());
    stepAside(this.button, context);
    this.resume();
    this.arrive();
    if (context.prompts !== undefined) this.offerHelp();
    this.fillBoxes();
  }

  /** The page may have places for a box to ask in. */
  async fillBoxes() {
    if (!document.querySelector("[data-glasskin-box]")) return;
    this.filling ??= import("./box.js").then(({ boxes }) => boxes(this));
    (await this.filling).turned();
  }

  async offerHelp() {
    (await import("./prompts.js")).prompts(this);
  }

  /** The page shows another product, or none any more. */
  turned() {
    const { strings, product } = this.context;
    this.words = product ? strings.openProduct : strings.openShort;
    this.text.textContent = this.words;
    this.button.classList.toggle("gs-launcher-product", product !== null);
    this.setUnread(this.unread);
    this.made?.turned();
    if (this.filling) this.fillBoxes();
  }

  /** The page had lost us. */
  restored() {
    this.made?.restored();
    this.fillBoxes();
  }

  /** Links of the page to "#glasskin" open the chat, "#glasskin?ask=..." and `data-glasskin-ask` on anything ask. */
  follow(event) {
    if (event.defaultPrevented) return;
    for (const node of event.composedPath()) {
      const asked = node.dataset?.glasskinAsk;
      const href = asked === undefined ? node.getAttribute?.("href") : null;
      if (asked === undefined && !isOurs(href)) continue;
      event.preventDefault();
      const question = asked ?? questionIn(href);
      this.ask(question, "link", question);
      return;
    }
  }

  /** The page's address may open the chat, too; a question that stands there is not sent before the person has seen it. */
  arrive() {
    if (!isOurs(location.hash)) return;
    this.open();
    this.panel.propose(questionIn(location.hash));
  }

  /** Open, and ask where there is a question. `way` is what led here, for the owner to see what is used: its kind and its `words`. */
  ask(question, way = null, words = "") {
    this.open();
    if (question) this.panel.ask(question);
    if (way) this.panel.chat.connection.tell("used", { way, words });
  }

  /** Go on where the person was: on another page of the shop, or with answers that came meanwhile. */
  resume() {
    const wasOpen = tab.read(OPEN) === "yes";
    const roomy = window.matchMedia("(min-width: 600px)").matches;
    if (wasOpen && roomy) this.open({ focus: false });
    else if (kept.read("session") !== null) this.panel.listen();
  }

  get panel() {
    this.made ??= Panel.beside(this.context, this);
    return this.made;
  }

  open({ focus = true } = {}) {
    tab.write(OPEN, "yes");
    this.button.hidden = true;
    this.panel.show({ focus });
  }

  /** Called by the panel when it has closed. */
  closed() {
    tab.remove(OPEN);
    this.button.hidden = false;
    this.button.focus();
  }

  setUnread(count) {
    const { strings } = this.context;
    this.unread = count;
    this.badge.hidden = count === 0;
    this.badge.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
    // The visible words come first, so that people who speak to their browser can say what they see.
    const label = this.words === strings.open ? strings.open : `${this.words}. ${strings.open}`;
    this.button.setAttribute("aria-label", count ? `${label}, ${fill(strings.unread, { count })}` : label);
  }

  announce(text) {
    this.status.textContent = text;
  }
}

const isOurs = (hash) => hash === ADDRESS || hash?.startsWith(`${ADDRESS}?`);
const questionIn = (hash) => new URLSearchParams(hash.slice(ADDRESS.length + 1)).get("ask") ?? "";
