import { el } from "./dom.js";
import { plain } from "./format.js";
import { fill } from "./language.js";

/** The conversation as plain text, a paragraph a message. */
function transcript(messages, { strings, locale }) {
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const said = messages.map((message) => {
    const who = message.from === "user" ? strings.you : message.author?.name || strings.name;
    return `[${when.format(message.at)}] ${who}:\n${message.from === "user" ? message.text : plain(message.whole)}`;
  });
  return [fill(strings.transcriptTitle, { date: when.format(new Date()) }), ...said].join("\n\n") + "\n";
}

/** Hand the conversation to the person as a file. */
export function download(messages, context) {
  const text = transcript(messages, context);
  const name = `glasskin-${new Date().toISOString().slice(0, 10)}.txt`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
