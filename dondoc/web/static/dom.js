// Building the page out of elements. Text only ever becomes a text node, so nothing that a person writes is markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M8.5 12.5l6-6a3.2 3.2 0 0 1 4.5 4.5l-8 8a5 5 0 0 1-7-7l7.5-7.5",
  send: "M4 12l16-8-5.5 16-3-7z M11.5 13L20 4",
  reply: "M9 7L4 12l5 5 M4 12h9a6 6 0 0 1 6 6v1",
  close: "M6 6l12 12 M18 6L6 18",
  down: "M12 5v13 M6 12.5l6 6 6-6",
  file: "M7 3h7l5 5v13H7z M14 3v5h5",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  calendar: "M4 6.5h16v13H4z M4 10.5h16 M8.5 4v4 M15.5 4v4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  guide: "M4 6h16 M4 12h16 M4 18h10",
  forward: "M5 6l7 6-7 6z M17.5 6v12",
  sun: "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8 M12 2.5v2.5 M12 19v2.5 M2.5 12H5 M19 12h2.5 M5.3 5.3l1.7 1.7 M17 17l1.7 1.7 M18.7 5.3L17 7 M7 17l-1.7 1.7",
};

/**
 * An element. Options: `class`, `text`, `on` (listeners by event), `hidden`, `disabled`; every other name is an attribute,
 * left out when its value is null, undefined or false.
 */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A line drawing that screen readers pass over. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and tells its label to screen readers and on hovering. */
export function iconButton(name, label, className, listener) {
  return el(
    "button",
    { type: "button", class: `icon-button ${className}`, "aria-label": label, title: label, on: { click: listener } },
    icon(name),
  );
}

/** Play the animation of a class from its beginning, also when it has just been played. */
export function replay(node, className) {
  node.classList.remove(className);
  node.getBoundingClientRect(); // lets the browser notice that the class was away
  node.classList.add(className);
}

/** Show a notice for a while, or until it is removed if it is `lasting`. The same text is not shown twice at a time. */
export function notify(text, { kind = "error", lasting = false } = {}) {
  const notices = document.getElementById("notices");
  const shown = [...notices.children].find((notice) => notice.textContent === text);
  if (shown) return shown;
  const notice = el("p", { class: `notice ${kind}`, text });
  notices.append(notice);
  if (!lasting) setTimeout(() => notice.remove(), 9000);
  return notice;
}
