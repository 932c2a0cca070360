/**
 * Makes `built/` from `src/` and the installed packages: the modules and their styles as one, each language, and
 * socket.io-client as its authors publish it. `built/sources.sha256` tells what it was made from.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { minify } from "terser";

const SHEETS = ["theme", "launcher", "frame", "messages"];
const ANSWER_SHEETS = ["answers", "cards"];
const PRIVACY_SHEETS = ["privacy"];
const ATTACH_SHEETS = ["attach"];
const PROMPT_SHEETS = ["prompts"];
const BOX_SHEETS = ["theme", "box"];
/** Loaded when they are used for the first time. */
const LATER = ["answers.js", "attach.js", "box.js", "older.js", "privacy.js", "prompts.js", "transcript.js", "tone.js"];
const CLIENT = "node_modules/socket.io-client";
const CLASS = /(?<![\w-])gs-[a-z]+(?:-[a-zA-Z]+)*(?![\w-])/g;

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Style sheets as one, which a program holds as a constant. */
async function styles(names) {
  const sheets = await Promise.all(names.map((name) => readFile(`src/${name}.css`, "utf8")));
  const made = await build({ stdin: { contents: sheets.join("\n"), loader: "css" }, minify: true, write: false });
  return made.outputFiles[0].text.trim();
}

async function script(entry, define = {}) {
  const made = await build({
    entryPoints: [`src/${entry}`], bundle: true, format: "esm", write: false, charset: "utf8", define,
    external: ["./vendor/*", "./strings/*", "../shop.js", ...LATER.map((name) => `./${name}`)],
  });
  const { code } = await minify(made.outputFiles[0].text, {
    module: true, compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_getters: true },
    format: { comments: false },
  });
  return code;
}

/**
 * Classes live in our own tree only, so each may have a name of one or two letters, the same in all programs; made-up ones
 * stay as they are.
 */
function shortClasses(programs) {
  const all = programs.join("\n");
  const madeUp = [...all.matchAll(/gs-[a-z-]+-(?=\$\{)/g)].map(([start]) => start);
  const uses = new Map();
  for (const [name] of all.matchAll(CLASS)) {
    if (!madeUp.some((start) => name.startsWith(start))) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const names = [...uses.keys()].sort((one, other) => uses.get(other) - uses.get(one) || (one < other ? -1 : 1));
  const short = new Map(names.map((name, place) => [name, letters(place)]));
  return (code) => code.replace(CLASS, (name) => short.get(name) ?? name);
}

/** 0, 1 ... -> "a", "b" ... "z", "aa" ... */
function letters(place) {
  const last = String.fromCharCode(97 + (place % 26));
  return place < 26 ? last : letters(Math.floor(place / 26) - 1) + last;
}

/** The digest of all sources, in the form of sha256sum over their sorted list. */
async function sources() {
  const files = (await readdir("src", { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => `${file.parentPath}/${file.name}`)
    .sort();
  const lines = await Promise.all(files.map(async (file) => `${digest(await readFile(file))}  ${file}\n`));
  return digest(lines.join(""));
}

await rm("built", { recursive: true, force: true });
await mkdir("built/strings/answers", { recursive: true });
await mkdir("built/vendor", { recursive: true });
const sheets = { STYLES: SHEETS, ANSWER_STYLES: ANSWER_SHEETS, PRIVACY_STYLES: PRIVACY_SHEETS, ATTACH_STYLES: ATTACH_SHEETS, PROMPT_STYLES: PROMPT_SHEETS, BOX_STYLES: BOX_SHEETS };
const constants = {};
for (const [name, files] of Object.entries(sheets)) constants[name] = JSON.stringify(await styles(files));
const programs = new Map([["widget.js", await script("start.js", constants)]]);
for (const name of LATER) programs.set(name, await script(name, constants));
const shorten = shortClasses([...programs.values()]);
for (const [name, code] of programs) await writeFile(`built/${name}`, shorten(code));
const strings = (await readdir("src/strings", { recursive: true })).filter((name) => name.endsWith(".js"));
for (const name of strings) await writeFile(`built/strings/${name}`, await script(`strings/${name}`));
await cp(`${CLIENT}/dist/socket.io.esm.min.js`, "built/vendor/socket.io.esm.min.js");
await cp(`${CLIENT}/LICENSE`, "built/vendor/socket.io-client.LICENSE");
const { version } = JSON.parse(await readFile(`${CLIENT}/package.json`, "utf8"));
const client = digest(await readFile("built/vendor/socket.io.esm.min.js"));
await writeFile(
  "built/vendor/README.md",
  `socket.io-client ${version} from npm, MIT licence, unchanged:\n\n    ${client}  dist/socket.io.esm.min.js\n`,
);
await writeFile("built/sources.sha256", `${await sources()}\n`);
