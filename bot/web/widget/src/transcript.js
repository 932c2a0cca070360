import { el } from "./dom.js";
import { plain } from "./format.js";
import { fill } from "./language.js";

/** The conversation as plain text, a paragraph a message. */
export function transcript(messages, { strings, locale }) {
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const said = messages.map((message) => {
    const who = message.from === "user" ? strings.you : strings.name;
    return `[${when.format(message.at)}] ${who}:\n${message.from === "user" ? message.text : plain(message.whole)}`;
  });
  return [fill(strings.transcriptTitle, { date: when.format(new Date()) }), ...said].join("\n\n") + "\n";
}

/** Hand `text` to the person as a file. */
export function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
