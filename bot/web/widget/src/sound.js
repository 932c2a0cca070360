import { kept } from "./storage.js";

const SOUND = "sound";

/** Whether an answer is heard; the choice is kept. */
export function createSound() {
  return {
    isOn: () => kept.read(SOUND) !== "off",
    set: (on) => kept.write(SOUND, on ? "on" : "off"),
    async play() {
      // Before the person has touched the page, browsers refuse to sound.
      if (this.isOn() && navigator.userActivation?.hasBeenActive !== false) (await import("./tone.js")).tone();
    },
  };
}
