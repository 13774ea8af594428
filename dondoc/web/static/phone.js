// One person's phone: head, messages in their order, and the box to write in.

import { pressChoice } from "./api.js";
import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon, iconButton, notify, replay } from "./dom.js";
import { formatDay, t, wall } from "./texts.js";

const NEAR_END = 60;

export class Phone {
  /** `onUnread(phone)` is told whenever the number of unread messages changes. */
  constructor(person, limits, onUnread) {
    this.person = person;
    this.onUnread = onUnread;
    this.entries = new Map();
    this.nodes = new Map();
    this.presses = new Map();
    this.unread = 0;
    this.opened = false;
    this.hovered = false;
    this.composer = new Composer(person, limits);
    this.build();
  }

  build() {
    const { person } = this;
    const titleId = `phone-${person.chat_id}`;
    this.log = el("div", {
      class: "log",
      role: "log",
      tabindex: "0",
      "aria-label": t("web.chat.log", { name: person.name }),
      on: { scroll: () => this.onScroll() },
    });
    this.empty = el("p", { class: "empty", text: t("web.chat.empty") });
    this.log.append(this.empty);
    this.badge = el("span", { class: "unread", role: "status" });
    this.latest = iconButton("down", t("web.chat.latest"), "latest", () => this.toEnd());
    this.latest.hidden = true;
    this.node = el(
      "section",
      { class: `phone role-${person.role}`, "aria-labelledby": titleId, "data-chat": person.chat_id },
      el(
        "header",
        { class: "phone-head" },
        el("span", { class: "avatar", "aria-hidden": "true", text: person.avatar }),
        el(
          "div",
          { class: "person" },
          el("h2", { class: "person-name", id: titleId, text: person.name }),
          el("p", { class: "person-title", text: person.title }),
          el("p", { class: "person-unit", text: person.unit, title: person.unit }),
        ),
        this.badge,
      ),
      el("div", { class: "log-frame" }, this.log, this.latest),
      this.composer.node,
      el("div", { class: "drop-hint", "aria-hidden": "true" }, icon("attach"), el("span", { text: t("web.chat.drop") })),
    );
    this.listen();
  }

  listen() {
    // The box may grow and take room from the messages: whoever was reading the last one still sees it.
    new ResizeObserver(() => this.settled()).observe(this.log);
    this.node.addEventListener("pointerenter", () => {
      this.hovered = true;
      this.markRead();
    });
    this.node.addEventListener("pointerleave", () => (this.hovered = false));
    this.node.addEventListener("focusin", () => this.markRead());
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    this.node.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.node.classList.add("dropping");
    });
    this.node.addEventListener("dragleave", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.node.classList.remove("dropping");
    });
    this.node.addEventListener("drop", (event) => {
      this.node.classList.remove("dropping");
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.composer.add([...event.dataTransfer.files]);
    });
  }

  /** Show new and edited messages. The first call brings what was there before, which counts as read. */
  apply(entries) {
    const atEnd = this.isAtEnd();
    let fresh = 0;
    let own = false;
    for (const entry of entries) {
      const { message } = entry;
      const known = this.entries.has(entry.id);
      if (message.from === "person" && message.choice) this.notePress(message, entry.seq);
      else this.put(entry);
      if (known) {
        this.redrawAnswers(entry.id);
        continue;
      }
      if (message.from === "person") own = true;
      else fresh += 1;
    }
    this.drawDays();
    this.empty.hidden = this.entries.size > 0;
    if (atEnd || own || !this.opened) this.toEnd();
    else this.latest.hidden = false;
    if (this.opened && fresh && !this.isWatched()) this.setUnread(this.unread + fresh);
  }

  /** From now on new messages count as unread. */
  open() {
    this.opened = true;
  }

  put(entry) {
    this.entries.set(entry.id, entry);
    const node = bubble(entry, this);
    const old = this.nodes.get(entry.id);
    this.nodes.set(entry.id, node);
    if (old) {
      const focused = old.contains(document.activeElement);
      old.replaceWith(node);
      if (focused) this.log.focus({ preventScroll: true });
    } else {
      node.classList.toggle("arriving", this.opened);
      this.log.insertBefore(node, this.following(entry));
    }
  }

  /** The node before which a message of this position stands; null at the end. */
  following(entry) {
    const later = this.ordered().find((other) => other.position > entry.position);
    return later ? this.nodes.get(later.id) : null;
  }

  ordered() {
    return [...this.entries.values()].sort((one, other) => one.position - other.position);
  }

  drawDays() {
    for (const node of this.log.querySelectorAll(".day")) node.remove();
    let day = null;
    for (const entry of this.ordered()) {
      // An edited message carries the time of its edit and says so by itself.
      if (entry.message.edited) continue;
      const words = formatDay(wall(entry.message.sent_at));
      if (words !== day) this.nodes.get(entry.id).before(el("p", { class: "day" }, el("span", { text: words })));
      day = words;
    }
  }

  /** What quotes a message shows it as it stands now, above all when it was erased. */
  redrawAnswers(id) {
    for (const entry of this.ordered()) if (entry.message.reply_to === id) this.put(entry);
  }

  notePress(message, seq) {
    this.presses.set(message.reply_to, { seq, choice: message.choice });
    const target = this.entries.get(message.reply_to);
    if (target) this.put(target);
  }

  // What a bubble asks of its chat.

  quoted(id) {
    return this.entries.get(id);
  }

  /** The pressed choice of a message; an edit after the press asks anew. */
  pressed(entry) {
    const press = this.presses.get(entry.id);
    return press && press.seq > entry.seq ? press.choice : null;
  }

  async press(entry, choice) {
    try {
      await pressChoice(this.person.chat_id, choice.id, entry.id);
    } catch (error) {
      notify(error.message);
    }
  }

  reply(entry) {
    this.composer.answer(entry);
  }

  show(id) {
    const node = this.nodes.get(id);
    this.log.scrollTo({ top: node.offsetTop - 40, behavior: "smooth" });
    replay(node, "found");
  }

  settled() {
    if (this.latest.hidden) this.toEnd();
  }

  fill(text) {
    this.comeIntoView();
    this.composer.fill(text);
  }

  comeIntoView() {
    this.node.scrollIntoView({ behavior: "smooth", block: "center", inline: "center" });
    replay(this.node, "called");
    this.markRead();
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.latest.hidden = true;
  }

  onScroll() {
    if (this.isAtEnd()) this.latest.hidden = true;
  }

  isWatched() {
    return document.visibilityState === "visible" && (this.hovered || this.node.contains(document.activeElement));
  }

  markRead() {
    if (this.unread) this.setUnread(0);
  }

  setUnread(count) {
    this.unread = count;
    const label = count ? t("web.chat.unread", { count }) : "";
    this.badge.replaceChildren(
      ...(count ? [el("span", { "aria-hidden": "true", text: String(count) }), el("span", { class: "for-readers", text: label })] : []),
    );
    this.node.classList.toggle("has-unread", count > 0);
    this.onUnread(this);
  }
}
