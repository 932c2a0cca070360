/* The desk's page: starts its parts. Without script the desk works by plain forms and links. */

import { attend } from "./attention.js";
import { composing } from "./composer.js";
import { early } from "./early.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { menus } from "./menus.js";
import { talk } from "./talk.js";
import { times } from "./times.js";
import { toast } from "./toast.js";

document.documentElement.classList.add("scripted");
times();
toast();
menus();
attend();
talk();
composing();
keys();
live();
early();
