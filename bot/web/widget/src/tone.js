const NOTES_HZ = [659.3, 880];
const VOLUME = 0.05;

let context = null;

/** A soft two-note tone, made on the spot. */
export function tone() {
  context ??= new AudioContext();
  NOTES_HZ.forEach((frequency, place) => note(frequency, context.currentTime + place * 0.11));
}

function note(frequency, start) {
  const sound = new OscillatorNode(context, { type: "sine", frequency });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(VOLUME, start);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
  sound.connect(loudness).connect(context.destination);
  sound.start(start);
  sound.stop(start + 0.4);
}
