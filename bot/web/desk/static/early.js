/* Words typed before the page's script listened are searched for as well. */

/** Once htmx listens, tells it of each search field that already holds something else than the page came with. */
export function early() {
  document.addEventListener("htmx:load", () => {
    for (const field of document.querySelectorAll("input[type=search]")) {
      if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, { once: true });
}
