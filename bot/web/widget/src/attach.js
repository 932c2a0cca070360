import { icon } from "./answer_icons.js";
import { button, el } from "./dom.js";
import { kept, randomId } from "./storage.js";

const CAMERA = "M4 8h3.2L9 5.5h6L16.8 8H20v11H4ZM12 16.4a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z";
/** What the server takes at once; tried from the first to the last until a picture is small enough. */
const MOST_BYTES = 950_000;
const SIZES = [[2048, 0.85], [2048, 0.7], [1600, 0.75], [1200, 0.7], [900, 0.6]];
const SHOWN_EDGE = 640;
const WITHIN_MS = 60_000;

/** Styles of our own, in the tree that the chat lives in; ATTACH_STYLES is put in by the build. */
function dress(shadow) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ATTACH_STYLES);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}

function camera() {
  const shown = icon("more");
  shown.firstChild.setAttribute("d", CAMERA);
  return shown;
}

/** A picture drawn no larger than `edge`. A canvas needs no leave of the page's policy for pictures, as an address would. */
function drawn(bitmap, edge) {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A file as a JPEG that the server takes, without anything that the camera wrote beside it: `{blob, canvas}`. */
async function prepared(file) {
  const bitmap = await createImageBitmap(file);
  for (const [edge, quality] of SIZES) {
    const blob = await new Promise((done) => drawn(bitmap, edge).toBlob(done, "image/jpeg", quality));
    if (blob && blob.size <= MOST_BYTES) return { blob, canvas: drawn(bitmap, SHOWN_EDGE) };
  }
  throw new Error("too large");
}

/** Asks the server for pictures: `fields` go with the session. */
async function call({ server }, where, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ session_id: kept.read("session") ?? "", ...fields })) form.append(name, value);
  return fetch(new URL(`webhooks/web/${where}`, server), {
    method: "POST", body: form, credentials: "omit", signal: AbortSignal.timeout(WITHIN_MS),
  });
}

/** Lets the person add a picture to what they write: by the button, from the clipboard, or by dropping it on the chat. */
export function attach(chat) {
  if (chat.log.decorate) return; // a line that was lost came back
  const { context, context: { strings }, view, log } = chat;
  const known = new Map();
  let picture = null;
  let sending = false;

  dress(context.shadow);
  const file = el("input", { type: "file", accept: "image/*", hidden: true, tabindex: -1, "aria-hidden": "true" });
  const opener = button("gs-attach", () => file.click(), { "aria-label": strings.attach, title: strings.attach }, camera());
  const said = el("p", { role: "status" });
  const remove = button("gs-attach", () => drop(), { "aria-label": strings.attachRemove, title: strings.attachRemove }, icon("no"));
  const tray = el("div", { class: "gs-attached", hidden: true }, said, remove);
  view.input.before(file, opener);
  view.form.prepend(tray);

  function drop(focus = true) {
    picture = null;
    tray.hidden = true;
    tray.querySelector("canvas")?.remove();
    said.textContent = "";
    if (focus) view.input.focus();
  }

  async function add(chosen) {
    if (!chosen || sending) return;
    drop(false);
    const mine = { id: randomId(), ready: prepared(chosen) };
    picture = mine;
    tray.hidden = false;
    said.textContent = strings.sentPicture;
    chat.focusInput();
    try {
      const small = drawn((await mine.ready).canvas, 160);
      small.setAttribute("aria-hidden", "true");
      if (picture === mine) tray.prepend(small);
    } catch {
      chat.tell(strings.attachUnreadable);
      if (picture === mine) drop(false);
    }
  }

  async function send() {
    if (sending) return;
    sending = true;
    remove.disabled = true;
    said.textContent = strings.waiting;
    const { id, ready } = picture;
    try {
      const { blob, canvas } = await ready;
      const answer = await call(context, "pictures", { id, picture: new File([blob], "picture.jpg", { type: "image/jpeg" }) });
      const { ok, name, text } = await answer.json();
      if (!ok) throw new Error(text);
      known.set(name, canvas);
      const words = view.input.value.trim();
      drop(false);
      chat.setInput("");
      chat.say(words, words || strings.sentPicture, { picture: name });
    } catch (error) {
      // What the server said itself is better than that something went wrong.
      said.textContent = error.constructor === Error && error.message ? error.message : strings.refused;
    }
    remove.disabled = sending = false;
  }

  const receive = chat.receive.bind(chat);
  chat.receive = (message) => {
    receive(message);
    const { propose } = message.custom;
    // What was read off a picture is corrected where one writes.
    if (typeof propose !== "string" || view.input.value) return;
    chat.setInput(propose);
    log.grown();
  };

  const submit = chat.submit.bind(chat);
  chat.submit = () => (picture ? send() : submit());
  file.addEventListener("change", () => {
    add(file.files[0]);
    file.value = "";
  });
  view.input.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (!pasted) return;
    event.preventDefault();
    add(pasted);
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    view.chat.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      view.chat.classList.toggle("gs-dropping", name === "dragover" || name === "dragenter");
      if (name === "drop") add(event.dataTransfer.files[0]);
    });
  }

  /** Puts the picture of one of the person's messages into it, once it is looked at. */
  async function show(entry, name) {
    let canvas = known.get(name);
    if (!canvas) {
      const answer = await call(context, "pictures/shown", { name });
      if (!answer.ok) return;
      canvas = drawn(await createImageBitmap(await answer.blob()), SHOWN_EDGE);
      known.set(name, canvas);
    }
    const shown = drawn(canvas, SHOWN_EDGE);
    for (const [key, value] of Object.entries({ class: "gs-sent-picture", role: "img", "aria-label": strings.sentPicture })) shown.setAttribute(key, value);
    const atEnd = log.following || log.isNearEnd();
    entry.firstElementChild.nextElementSibling.append(shown);
    if (atEnd) log.scrollToEnd();
  }

  const seen = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      // Without the line the words stand alone; the next look at the conversation brings it.
      show(target, names.get(target)).catch(() => {});
    }
  }, { root: view.log });
  const names = new WeakMap();
  log.decorate = (entry, message) => {
    if (!message.picture) return;
    names.set(entry, String(message.picture));
    seen.observe(entry);
  };
  for (const message of log.messages) log.decorate(log.entries.get(message.id), message);
}
