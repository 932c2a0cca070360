/* A sentence in passing. */

const SHOWN_MS = 4000;
let timer;

export function say(text) {
  const place = document.getElementById("toast");
  clearTimeout(timer);
  place.textContent = text;
  timer = setTimeout(() => place.replaceChildren(), SHOWN_MS);
}

/** Say what came of whatever was sent. */
export function toast() {
  document.body.addEventListener("desk:done", ({ detail }) => detail.told && say(detail.told));
  document.body.addEventListener("desk:refused", ({ detail }) => say(detail.why));
  document.body.addEventListener("htmx:sendError", () => say("That was not sent: there is no connection. Try again."));
  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    if (!detail.xhr.getResponseHeader("HX-Trigger")) say("That didn’t work. Reload the page and try again.");
  });
}
