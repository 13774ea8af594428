// The box in which a person writes: text, files by button, paste or drop, and which message is answered.

import { newKey, sendMessage } from "./api.js";
import { summary } from "./bubble.js";
import { el, icon, iconButton, notify } from "./dom.js";
import { formatSize, t } from "./texts.js";

export class Composer {
  /** `limits` are the server's, so that a file that is too large is told of before it is sent. */
  constructor(phone, limits) {
    this.phone = phone;
    this.limits = limits;
    this.files = [];
    this.replyTo = null;
    this.busy = false;
    this.attempt = { content: null, key: null };
    this.build();
  }

  build() {
    this.input = el("textarea", {
      class: "input",
      rows: "1",
      maxlength: String(this.limits.chars),
      placeholder: t("web.chat.input"),
      "aria-label": t("web.chat.input_of", { name: this.phone.name }),
      on: {
        input: () => this.grow(),
        keydown: (event) => this.onKey(event),
        paste: (event) => this.onPaste(event),
      },
    });
    this.chooser = el("input", { type: "file", multiple: true, class: "chooser", tabindex: "-1", "aria-hidden": "true" });
    this.chooser.addEventListener("change", () => {
      this.add([...this.chooser.files]);
      this.chooser.value = "";
    });
    this.extras = el("div", { class: "extras" });
    const attach = iconButton("attach", t("web.chat.attach"), "attach-button", () => this.chooser.click());
    this.sendButton = el(
      "button",
      { type: "submit", class: "icon-button send-button", "aria-label": t("web.chat.send"), title: t("web.chat.send") },
      icon("send"),
    );
    this.node = el(
      "form",
      { class: "composer", on: { submit: (event) => this.onSubmit(event) } },
      this.extras,
      el("div", { class: "composer-line" }, attach, this.chooser, this.input, this.sendButton),
    );
    this.draw();
  }

  /** Put a text in the box, ready to be sent. */
  fill(text) {
    this.input.value = text;
    this.grow();
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  answer(entry) {
    this.replyTo = entry;
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  /** Take files along, except those that the server would refuse. */
  add(files) {
    for (const file of files) {
      if (this.files.length >= this.limits.files) {
        notify(t("web.error.too_many_files", { limit: this.limits.files }));
        break;
      }
      const problem = this.problem(file);
      if (problem) notify(problem);
      else this.files.push(file);
    }
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  problem(file) {
    const size = formatSize(file.size);
    if (file.size === 0) return t("web.error.empty_file", { file: file.name });
    if (file.size > this.limits.file) {
      return t("web.error.file_too_large", { file: file.name, size, limit: formatSize(this.limits.file) });
    }
    const total = this.files.reduce((sum, other) => sum + other.size, file.size);
    // What the form itself adds around the files is far below this.
    if (total > this.limits.body - 64 * 1024) return t("web.error.body_too_large", { limit: formatSize(this.limits.body) });
    return null;
  }

  draw() {
    const nodes = [];
    if (this.replyTo) {
      nodes.push(
        el(
          "div",
          { class: "replying" },
          icon("reply"),
          el("span", { class: "replying-text", text: t("web.chat.replying", { text: summary(this.replyTo.message) }) }),
          iconButton("close", t("web.chat.cancel_reply"), "small", () => this.cancelReply()),
        ),
      );
    }
    for (const file of this.files) {
      nodes.push(
        el(
          "div",
          { class: "pending-file" },
          icon("file"),
          el("span", { class: "pending-name", text: file.name }),
          el("span", { class: "pending-size", text: formatSize(file.size) }),
          iconButton("close", t("web.chat.remove_file", { name: file.name }), "small", () => this.remove(file)),
        ),
      );
    }
    this.extras.replaceChildren(...nodes);
    this.node.classList.toggle("ready", Boolean(this.input.value.trim() || this.files.length));
  }

  cancelReply() {
    this.replyTo = null;
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  remove(file) {
    this.files = this.files.filter((other) => other !== file);
    this.draw();
    this.input.focus({ preventScroll: true });
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
    this.node.classList.toggle("ready", Boolean(this.input.value.trim() || this.files.length));
  }

  onKey(event) {
    // While a Vietnamese input method is still composing a word, Enter belongs to it.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.replyTo) this.cancelReply();
  }

  onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    const named = (file) => file.name === "image.png" ? new File([file], t("web.chat.picture_name"), { type: file.type }) : file;
    this.add(files.map(named));
  }

  onSubmit(event) {
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.input.value.trim();
    if (this.busy || !(text || this.files.length)) return;
    this.setBusy(true);
    try {
      await sendMessage(this.phone.chat_id, this.form(text));
      this.attempt = { content: null, key: null };
      this.files = [];
      this.replyTo = null;
      this.input.value = "";
      this.grow();
      this.draw();
    } catch (error) {
      notify(error.message);
    } finally {
      this.setBusy(false);
    }
  }

  form(text) {
    const replyTo = this.replyTo?.id ?? "";
    const content = JSON.stringify([text, replyTo, this.files.map((file) => [file.name, file.size, file.lastModified])]);
    // The same content after a lost answer goes under the same key, so that it arrives once.
    if (this.attempt.content !== content) this.attempt = { content, key: newKey() };
    const form = new FormData();
    form.append("key", this.attempt.key);
    form.append("text", text);
    form.append("reply_to", replyTo);
    for (const file of this.files) form.append("files", file, file.name);
    return form;
  }

  setBusy(busy) {
    this.busy = busy;
    this.input.readOnly = busy;
    this.sendButton.disabled = busy;
    this.node.classList.toggle("busy", busy);
  }
}
