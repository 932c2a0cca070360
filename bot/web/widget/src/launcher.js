import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { Panel } from "./panel.js";
import { kept, tab } from "./storage.js";

const OPEN = "open";
const MOST_SHOWN = 99;

/** The button on the shop's page; makes the chat itself when it is first needed. */
export class Launcher {
  constructor(context) {
    this.context = context;
    const { strings, product, root } = context;
    this.words = product ? strings.openProduct : strings.openShort;
    this.badge = el("span", { class: "gs-badge", "aria-hidden": "true", hidden: true });
    this.status = el("p", { class: "gs-spoken", role: "status" });
    this.button = button(
      product ? "gs-launcher gs-launcher-product" : "gs-launcher",
      () => this.open(),
      { "aria-haspopup": "dialog", "aria-label": strings.open },
      icon("chat"),
      el("span", { class: "gs-launcher-text" }, this.words),
      this.badge,
    );
    root.append(this.button, this.status);
    this.setUnread(0);
    document.addEventListener("click", (event) => this.follow(event));
    this.resume();
  }

  /** Any link of the page to "#glasskin" opens the chat. */
  follow(event) {
    if (!event.target.closest?.('a[href="#glasskin"]') || event.defaultPrevented) return;
    event.preventDefault();
    this.open();
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
