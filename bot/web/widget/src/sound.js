import { kept } from "./storage.js";

const SOUND = "sound";
const NOTES_HZ = [659.3, 880];
const VOLUME = 0.05;

/** A soft two-note tone, made on the spot; the choice to hear it is kept. */
export function createSound() {
  let context = null;
  return {
    isOn: () => kept.read(SOUND) !== "off",
    set: (on) => kept.write(SOUND, on ? "on" : "off"),
    play() {
      // Before the person has touched the page, browsers refuse to sound.
      if (!this.isOn() || navigator.userActivation?.hasBeenActive === false) return;
      context ??= new AudioContext();
      NOTES_HZ.forEach((frequency, place) => note(context, frequency, context.currentTime + place * 0.11));
    },
  };
}

function note(context, frequency, start) {
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(VOLUME, start);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
  tone.connect(loudness).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}
