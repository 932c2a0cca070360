import { Chat } from "./chat.js";
import { el } from "./dom.js";
import { createSession } from "./session.js";
import { STRINGS } from "./strings.js";
import { createRestTransport } from "./transport-rest.js";

const LOGO = new URL("../logo.svg", import.meta.url).href;

/** The browser may forbid storage altogether; then even reading the property throws. */
function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function showIntro(root, { page, name }) {
  const topics = page.topics.map(([title, text]) => el("li", {}, el("strong", {}, title), el("span", {}, text)));
  root.replaceChildren(
    el("img", { class: "page-mark", src: LOGO, alt: name, width: 88, height: 88 }),
    el("p", { class: "page-headline" }, page.headline),
    el("p", { class: "page-lead" }, page.lead),
    el("ul", { class: "page-topics" }, ...topics),
  );
}

const root = document.getElementById("chat");
const endpoint = new URL(root.dataset.endpoint, document.baseURI).href;
const transport = createRestTransport({ endpoint, session: createSession(tabStorage()) });
showIntro(document.getElementById("intro"), STRINGS);
const chat = new Chat({ root, transport, strings: STRINGS, logo: LOGO, heading: "h1" });
// On touch screens the keyboard would cover the greeting.
if (!window.matchMedia("(pointer: coarse)").matches) chat.focusInput();
