/* The owner's pages: times in the reader's own, menus that close. Without script they work by plain forms and links. */

import { early } from "./early.js";
import { menus } from "./menus.js";
import { times } from "./times.js";

document.documentElement.classList.add("scripted");
times();
menus();
early();
