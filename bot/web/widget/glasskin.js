import { start } from "./current/widget.js";

start(import.meta.url);
