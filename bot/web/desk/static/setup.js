/* Pages of the set-up: menus that close, and the first field that can't be used is at hand. Without script they work by plain forms and links. */

import { menus } from "./menus.js";

document.documentElement.classList.add("scripted");
menus();
document.querySelector("[aria-invalid]")?.focus();
