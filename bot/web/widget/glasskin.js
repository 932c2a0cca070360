/** What a shop's page names in its one line. The server puts the files' own version in place of "current". */
import { start } from "./current/start.js";

start(import.meta.url);
