/**
 * The style sheets with these names beside this file, constructed: a page's policy against inline style does not
 * reach them, and they style nothing but the tree that adopts them.
 */
export function loadStyles(...names) {
  return Promise.all(names.map(async (name) => {
    const answer = await fetch(new URL(name, import.meta.url));
    if (!answer.ok) throw new Error(`Glasskin: ${name} could not be loaded (${answer.status})`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    return sheet;
  }));
}
