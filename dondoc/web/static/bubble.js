// One message of a chat: what it quotes, its text, pictures, files, time, and the choices under it.

import { el, icon, iconButton } from "./dom.js";
import { link, plainText, richText } from "./rich.js";
import { formatShortDay, formatSize, formatTime, t, wall } from "./texts.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const HASH = /^[0-9a-f]{64}$/;

/** What a quotation or a label says of a message in one line. */
export function summary(message) {
  if (message.erased) return t("web.chat.erased");
  return plainText(message.text ?? "") || (message.files ?? []).map((file) => file.name).join(", ");
}

/**
 * The element of a message. `chat` offers `reply(entry)`, `show(id)`, `press(entry, choice)`, `quoted(id)` (an entry or
 * undefined), `pressed(entry)` (the id of the pressed choice) and `settled()` (called when pictures have their size).
 */
export function bubble(entry, chat) {
  const { message } = entry;
  const own = message.from === "person";
  const content = el("div", { class: "bubble" });
  content.append(...quotation(entry, chat), ...body(message, chat), meta(message));
  content.addEventListener("click", (event) => {
    // Marking words with the mouse, links, files and buttons are not meant as a reply.
    if (event.target.closest("a, button") || String(getSelection())) return;
    chat.reply(entry);
  });
  const line = el("div", { class: "line" }, content, replyButton(entry, chat));
  const node = el("article", { class: `message ${own ? "person" : "office"}`, "data-id": entry.id }, line);
  if (message.choices?.length) node.append(choices(entry, chat));
  return node;
}

function replyButton(entry, chat) {
  return iconButton("reply", t("web.chat.reply"), "reply-button", () => chat.reply(entry));
}

function quotation({ message }, chat) {
  const quoted = message.reply_to && chat.quoted(message.reply_to);
  if (!quoted) return [];
  return [
    el(
      "button",
      { type: "button", class: "quotation", title: t("web.chat.quoted"), on: { click: () => chat.show(quoted.id) } },
      el("span", { class: "quotation-text", text: summary(quoted.message) }),
    ),
  ];
}

function body(message, chat) {
  if (message.erased) return [el("p", { class: "erased", text: t("web.chat.erased") })];
  const nodes = [];
  for (const file of (message.files ?? []).filter((file) => HASH.test(file.sha256))) {
    nodes.push(PICTURES.has(file.media_type) ? picture(file, chat) : download(file));
  }
  if (message.text) nodes.push(el("div", { class: "text" }, richText(message.text)));
  return nodes;
}

function picture(file, chat) {
  const address = `/demo/files/${file.sha256}`;
  const image = el("img", { src: address, alt: "", on: { load: () => chat.settled() } });
  const label = t("web.chat.picture", { name: file.name });
  const open = () => showPicture(address, file);
  return el("button", { type: "button", class: "picture", "aria-label": label, title: file.name, on: { click: open } }, image);
}

function showPicture(address, file) {
  const viewer = document.getElementById("viewer");
  const close = iconButton("close", t("web.close"), "viewer-close", () => viewer.close());
  viewer.replaceChildren(close, el("img", { src: address, alt: file.name }), fileLink(file, "viewer-file"));
  viewer.onclick = (event) => event.target === viewer && viewer.close();
  viewer.showModal();
}

function fileLink(file, className) {
  const size = file.size === null ? "" : formatSize(file.size);
  return el(
    "a",
    {
      class: className,
      href: `/demo/files/${file.sha256}`,
      download: file.name,
      "aria-label": t("web.chat.file", { name: file.name, size }),
    },
    el("span", { class: "file-mark" }, icon("file"), el("span", { class: "file-kind", text: suffix(file.name) })),
    el("span", { class: "file-words" }, el("span", { class: "file-name", text: file.name }), el("span", { class: "file-size", text: size })),
  );
}

const download = (file) => fileLink(file, "file");

function suffix(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 && name.length - dot <= 5 ? name.slice(dot + 1).toUpperCase() : "";
}

function meta(message) {
  const moment = wall(message.sent_at);
  const words = message.edited && !message.erased
    ? `${t("web.chat.edited")} ${formatTime(moment)}, ${formatShortDay(moment)}`
    : formatTime(moment);
  return el("span", { class: "meta" }, el("time", { datetime: message.sent_at, text: words }));
}

function choices(entry, chat) {
  const pressed = chat.pressed(entry);
  const group = el("div", { class: "choices", role: "group", "aria-label": t("web.chat.choices") });
  for (const row of entry.message.choices) {
    group.append(el("div", { class: "choice-row" }, ...row.map((choice) => choiceButton(entry, choice, pressed, chat))));
  }
  return group;
}

function choiceButton(entry, choice, pressed, chat) {
  if (choice.url) return link(choice.url, choice.label, "choice");
  const isPressed = choice.id === pressed;
  const button = el(
    "button",
    {
      type: "button",
      class: `choice${isPressed ? " pressed" : ""}`,
      "aria-pressed": String(isPressed),
      on: {
        click: async () => {
          button.setAttribute("aria-busy", "true");
          await chat.press(entry, choice);
          button.removeAttribute("aria-busy");
        },
      },
    },
    isPressed ? icon("check") : null,
    el("span", { text: choice.label }),
    isPressed ? el("span", { class: "for-readers", text: `, ${t("web.chat.pressed")}` }) : null,
  );
  return button;
}
