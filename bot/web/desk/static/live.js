/* What changed while one looks, told by the server. */

import { openId, refresh } from "./talk.js";

const INBOX_EVERY_MS = 2000;
const A_PAGE_MS = 250;
const TYPING_MS = 6000;
let inboxAt = 0;
let inboxTimer = null;
let typingTimer = null;

/**
 * Ask for the inbox, at most every few seconds however much happens, less often where many pages are open, and not in the same
 * moment as the others: customers' questions would wait behind them. Where it is as it was, nothing comes.
 */
function inbox(pages) {
  if (inboxTimer) return;
  const every = Math.max(INBOX_EVERY_MS, A_PAGE_MS * (pages || 1));
  const apart = Math.random() * (every - INBOX_EVERY_MS);
  const wait = Math.max(apart, inboxAt + every - Date.now());
  inboxTimer = setTimeout(() => {
    inboxTimer = null;
    inboxAt = Date.now();
    const form = document.querySelector(".filters");
    const query = new URLSearchParams(new FormData(form));
    query.set("stamp", document.querySelector(".rows")?.dataset.stamp ?? "");
    window.htmx.ajax("GET", `inbox?${query}`, { target: "#inbox", swap: "innerHTML" });
  }, wait);
}

function typing(who) {
  const place = document.getElementById("typing");
  if (!place || who === document.body.dataset.me) return;
  clearTimeout(typingTimer);
  place.textContent = who === "customer" ? "The customer is writing…" : `${who} is writing…`;
  typingTimer = setTimeout(() => place.replaceChildren(), TYPING_MS);
}

function told(event) {
  if (event.signed_out) {
    location.assign("login");
  } else if (event.typing) {
    if (event.typing === openId()) typing(event.who);
  } else {
    document.body.dataset.cursor = event.cursor;
    inbox(event.pages);
    if (event.talks.includes(openId())) refresh();
  }
}

export function live() {
  let source;
  const open = () => {
    source?.close();
    source = new EventSource(`live?cursor=${document.body.dataset.cursor}`);
    source.addEventListener("message", ({ data }) => told(JSON.parse(data)));
    source.addEventListener("error", () => {
      // A browser tries again by itself only where the connection broke, not where it was refused.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, INBOX_EVERY_MS * 2);
    });
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", ({ persisted }) => persisted && open());
}
