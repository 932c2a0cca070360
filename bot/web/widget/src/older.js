import { button } from "./dom.js";
import { readMessage } from "./reading.js";

/** So far above the top they are asked for, so that who scrolls slowly never waits. */
const AHEAD_PX = 400;

/** Put a button above the first message, which brings older ones as soon as it comes near the view. */
export function older(chat) {
  const { context: { strings }, view: { log: box } } = chat;
  if (chat.opener?.isConnected) return; // a line that was lost came back
  const opener = button("gs-chip gs-older", () => bring(), {}, strings.earlier);
  const watch = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && bring(), { root: box, rootMargin: `${AHEAD_PX}px 0px 0px` });
  chat.opener = opener;
  box.prepend(opener);
  watch.observe(opener);

  async function bring() {
    if (opener.getAttribute("aria-disabled")) return;
    opener.setAttribute("aria-disabled", "true");
    const answer = await chat.connection.call("earlier", { before: chat.messages[0]?.at.toISOString() });
    opener.removeAttribute("aria-disabled");
    // A conversation that was begun anew meanwhile has none; without an answer the button stays, to be pressed.
    if (!answer?.ok || !opener.isConnected) return;
    const { messages } = answer;
    put(chat.log, box, opener, messages.map((one) => readMessage(one)).filter(({ id }) => !chat.log.has(id)));
    if (!answer.more) leave();
    // It tells of coming into view only; where it stayed there it is to be looked at again.
    watch.unobserve(opener);
    if (answer.more) watch.observe(opener);
  }

  /** The last older one is there. Who pressed the button by keyboard goes on in the log. */
  function leave() {
    const focused = opener.matches(":focus");
    opener.remove();
    if (focused) box.focus({ preventScroll: true });
  }
}

/** Put older messages between the opener and what stands in the log, which keeps its place on the screen. */
function put(log, box, opener, messages) {
  if (messages.length === 0) return;
  const [first] = log.messages;
  const next = opener.nextElementSibling;
  const anchor = log.entries.get(first.id);
  const holder = document.createElement("div");
  // A log of its own that knows the same entries, so that each message looks as it would below.
  const past = Object.assign(Object.create(log), {
    view: { ...log.view, log: holder }, messages: [], pending: new Set(), typing: null, lastDay: null, question: null, reply: null, time: null,
  });
  for (const one of messages) past.place(one, false);
  past.markDay(first.at);
  log.messages = [...past.messages, ...log.messages];
  log.following = false;
  box.setAttribute("aria-live", "off"); // not news to be read out
  const { top } = anchor.getBoundingClientRect();
  if (next.matches(".gs-day:not(.gs-notice)")) next.remove(); // the day is told above now
  opener.after(...holder.childNodes);
  box.scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
  requestAnimationFrame(() => box.setAttribute("aria-live", "polite"));
}
