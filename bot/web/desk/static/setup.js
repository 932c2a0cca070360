/* Pages of the set-up: menus that close, the first field that can't be used at hand, what can be copied, files that are too large.
   Without script they work by plain forms and links. */

import { menus } from "./menus.js";

document.documentElement.classList.add("scripted");
menus();
document.querySelector("[aria-invalid]")?.focus();

/** Buttons that copy stand there once they can. */
function copies() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

copies();
document.addEventListener("htmx:afterSettle", copies);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 422) detail.shouldSwap = true;
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
});

document.addEventListener("change", ({ target }) => {
  if (!target.dataset.most) return;
  const large = target.files[0]?.size > target.dataset.most * 2 ** 20;
  target.setCustomValidity(large ? `That is more than ${target.dataset.most} MB.` : "");
  target.reportValidity();
});
