const KEYS = ["keydown", "keypress", "keyup"];

/**
 * Keep what is typed in the chat from the shop's page, whose shortcuts would take it for theirs: outside of the closed
 * tree nothing tells that a key was meant for a text field. The browser still types; our own parts hear a copy that
 * stays inside.
 */
export function keepKeysInside(host, shadow) {
  for (const kind of KEYS) {
    window.addEventListener(kind, (event) => {
      if (event.target !== host || !event.isTrusted) return;
      event.stopImmediatePropagation();
      const { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, repeat, isComposing } = event;
      const copy = new KeyboardEvent(kind, {
        key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, repeat, isComposing, bubbles: true, cancelable: true,
      });
      if (!(shadow.activeElement ?? shadow).dispatchEvent(copy)) event.preventDefault();
    }, true);
  }
}
