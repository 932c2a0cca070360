/**
 * Makes `built/` from `src/` and the installed packages: the modules and their styles as one, each language, and
 * socket.io-client as its authors publish it. `built/sources.sha256` tells what it was made from.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { minify } from "terser";

const SHEETS = ["theme", "launcher", "frame", "messages", "cards"];
const CLIENT = "node_modules/socket.io-client";
const CLASS = /(?<![\w-])gs-[a-z]+(?:-[a-zA-Z]+)*(?![\w-])/g;

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** All style sheets as one, which the program holds as the constant STYLES. */
async function styles() {
  const sheets = await Promise.all(SHEETS.map((name) => readFile(`src/${name}.css`, "utf8")));
  const made = await build({ stdin: { contents: sheets.join("\n"), loader: "css" }, minify: true, write: false });
  return made.outputFiles[0].text.trim();
}

async function script(entry, define = {}) {
  const made = await build({
    entryPoints: [`src/${entry}`], bundle: true, format: "esm", write: false, charset: "utf8", define,
    external: ["./vendor/*", "./strings/*"],
  });
  const { code } = await minify(made.outputFiles[0].text, {
    module: true, compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_getters: true },
    format: { comments: false },
  });
  return code;
}

/** Classes live in our own tree only, so each may have a name of one or two letters; made-up ones stay as they are. */
function withShortClasses(code) {
  const madeUp = [...code.matchAll(/gs-[a-z-]+-(?=\$\{)/g)].map(([start]) => start);
  const uses = new Map();
  for (const [name] of code.matchAll(CLASS)) {
    if (!madeUp.some((start) => name.startsWith(start))) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const names = [...uses.keys()].sort((one, other) => uses.get(other) - uses.get(one) || (one < other ? -1 : 1));
  const short = new Map(names.map((name, place) => [name, letters(place)]));
  return code.replace(CLASS, (name) => short.get(name) ?? name);
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
await mkdir("built/strings", { recursive: true });
await mkdir("built/vendor", { recursive: true });
await writeFile("built/widget.js", withShortClasses(await script("start.js", { STYLES: JSON.stringify(await styles()) })));
for (const name of await readdir("src/strings")) await writeFile(`built/strings/${name}`, await script(`strings/${name}`));
await cp(`${CLIENT}/dist/socket.io.esm.min.js`, "built/vendor/socket.io.esm.min.js");
await cp(`${CLIENT}/LICENSE`, "built/vendor/socket.io-client.LICENSE");
const { version } = JSON.parse(await readFile(`${CLIENT}/package.json`, "utf8"));
const client = digest(await readFile("built/vendor/socket.io.esm.min.js"));
await writeFile(
  "built/vendor/README.md",
  `socket.io-client ${version} from npm, MIT licence, unchanged:\n\n    ${client}  dist/socket.io.esm.min.js\n`,
);
await writeFile("built/sources.sha256", `${await sources()}\n`);
