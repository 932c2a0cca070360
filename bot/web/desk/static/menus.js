/* Menus close by themselves; the sheet of shortcuts opens. */

export function menus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    if (target.closest('[data-act="shortcuts"]')) openShortcuts();
  });
  if (!document.getElementById("shortcuts")) return;
  for (const item of document.querySelectorAll('[data-act="shortcuts"]')) item.hidden = false;
}

export function openShortcuts() {
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  document.getElementById("shortcuts").showModal();
}
