import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./language.js";
import { kept, tab } from "./storage.js";

const OPEN = "open";
const MOST_SHOWN = 99;

/** The button on the shop's page; fetches the chat itself when it is first needed. */
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
    const fetchSoon = () => this.load();
    for (const sign of ["pointerenter", "focus"]) this.button.addEventListener(sign, fetchSoon, { once: true });
    this.resume();
  }

  /** Go on where the person was: on another page of the shop, or with answers that came meanwhile. */
  async resume() {
    const wasOpen = tab.read(OPEN) === "yes";
    const roomy = window.matchMedia("(min-width: 600px)").matches;
    if (wasOpen && roomy) await this.open({ focus: false });
    else if (kept.read("session") !== null || wasOpen) (await this.load()).listen();
  }

  load() {
    this.loading ??= import("./panel.js").then(({ Panel }) => Panel.beside(this.context, this));
    return this.loading;
  }

  async open({ focus = true } = {}) {
    const panel = await this.load();
    tab.write(OPEN, "yes");
    this.button.hidden = true;
    panel.show({ focus });
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
