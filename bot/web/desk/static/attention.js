/* Calls for attention: a count in the title, and a soft tone where it was asked for. */

const KEPT = "glasskin-desk-sound";
const NOTES_HZ = [659.3, 880];
const VOLUME = 0.05;
const title = document.title;
let context;
let before = null;

function isOn() {
  return localStorage.getItem(KEPT) === "on";
}

function play() {
  if (!isOn() || navigator.userActivation?.hasBeenActive === false) return;
  context ??= new AudioContext();
  NOTES_HZ.forEach((frequency, place) => {
    const start = context.currentTime + place * 0.11;
    const tone = new OscillatorNode(context, { type: "sine", frequency });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(VOLUME, start);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  });
}

/** Read the inbox's counts; more than before is worth a tone. */
function count() {
  const rows = document.querySelector(".rows");
  if (!rows) return;
  const open = Number(rows.dataset.waiting) + Number(rows.dataset.unread);
  document.title = open ? `(${open}) ${title}` : title;
  if (before !== null && open > before) play();
  before = open;
}

export function attend() {
  const button = document.querySelector('[data-act="sound"]');
  button.hidden = false;
  button.setAttribute("aria-pressed", String(isOn()));
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, isOn() ? "off" : "on");
    button.setAttribute("aria-pressed", String(isOn()));
    play();
  });
  count();
  document.body.addEventListener("htmx:afterSettle", ({ target }) => target.id === "inbox" && count());
}
