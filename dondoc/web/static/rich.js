// The marks of a message as elements: **bold**, lines that begin with "> ", addresses of pages.

import { el } from "./dom.js";

const BOLD = /\*\*(.+?)\*\*/gu;
// Addresses, and codes such as NV-012, which must not be broken at their hyphen.
const SPECIAL = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|\p{Lu}{2,4}-\d+/gu;

/** The text as a fragment; everything that is no mark stays text. */
export function richText(text) {
  const fragment = document.createDocumentFragment();
  for (const block of blocks(text)) {
    const parent = block.quoted ? el("blockquote") : el("p");
    block.lines.forEach((line, index) => {
      if (index > 0) parent.append(el("br"));
      parent.append(...inline(line));
    });
    fragment.append(parent);
  }
  return fragment;
}

/** The text without its marks on one line, for quotations and labels. */
export function plainText(text) {
  return text.replace(/^> /gmu, "").replace(/\*\*(.+?)\*\*/gu, "$1").replace(/\s+/gu, " ").trim();
}

function blocks(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const quoted = line.startsWith("> ") || line === ">";
    const content = quoted ? line.slice(2) : line;
    const last = found.at(-1);
    if (last && last.quoted === quoted) last.lines.push(content);
    else found.push({ quoted, lines: [content] });
  }
  return found;
}

const inline = (line) => split(line, BOLD, (match) => el("strong", {}, ...words(match[1])), words);

const words = (text) =>
  split(
    text,
    SPECIAL,
    (match) => (match[1] ? link(match[1], match[1]) : el("span", { class: "code", text: match[0] })),
    (rest) => [document.createTextNode(rest)],
  );

/** The nodes of a text: `found` makes one of every match, `between` some of the text around it. */
function split(text, pattern, found, between) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(...between(text.slice(from, match.index)), found(match));
    from = match.index + match[0].length;
  }
  nodes.push(...between(text.slice(from)));
  return nodes;
}

/** A link to another page; a mere text if the address is none of a page (javascript:, data: …). */
export function link(address, label, className = null) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return el("span", { text: label });
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return el("span", { text: label });
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", class: className, text: label });
}
