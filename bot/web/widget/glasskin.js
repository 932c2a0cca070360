import { ask, page, start } from "./current/widget.js";

export { ask, page };
start(import.meta.url);
