const HANGUL = /^[\p{Script=Hangul}\s]+$/u;

/**
 * While a syllable is being composed the keyboard's Enter ends that, and is no Enter for us. In Korean it is meant to
 * send as well, as in every Korean chat, so that `send()` follows; in Japanese and Chinese it only picks the word.
 */
export function followComposing(input, send) {
  let entered = false;
  input.addEventListener("keydown", ({ key, code, shiftKey, isComposing, keyCode }) => {
    const composing = isComposing || keyCode === 229;
    entered = composing && (key === "Enter" || code === "Enter" || code === "NumpadEnter") && !shiftKey;
  });
  input.addEventListener("beforeinput", (event) => {
    // The same key would also begin a new line.
    if (entered && ["insertLineBreak", "insertParagraph"].includes(event.inputType)) event.preventDefault();
  });
  input.addEventListener("compositionend", ({ data }) => {
    if (!entered || !HANGUL.test(data)) return;
    // The last syllable is in its place after this event only. A second Enter that some systems send finds nothing left.
    setTimeout(() => {
      entered = false;
      send();
    });
  });
}
