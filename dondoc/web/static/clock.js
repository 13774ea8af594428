// The bar that shows the office's time and moves it.

import { moveClock } from "./api.js";
import { Calendar } from "./calendar.js";
import { el, icon, notify, replay } from "./dom.js";
import { formatDay, formatTime, isoDay, t, wall } from "./texts.js";

export class ClockBar {
  constructor(node) {
    this.node = node;
    this.base = 0;
    this.readAt = 0;
    this.busy = false;
    this.build();
    setInterval(() => this.tick(), 1000);
  }

  build() {
    this.day = el("span", { class: "now-day" });
    this.time = el("span", { class: "now-time" });
    this.next = el("p", { class: "next-slot" });
    const button = (name, label, primary, listener) =>
      el(
        "button",
        { type: "button", class: `clock-button${primary ? " primary" : ""}`, on: { click: listener } },
        icon(name),
        el("span", { text: label }),
      );
    const nextSlot = button("forward", t("web.clock.next_slot"), true, () => this.move({ action: "next_slot" }));
    const nextDay = button("sun", t("web.clock.next_day"), false, () => this.move({ action: "next_day" }));
    const toDate = button("calendar", t("web.clock.to_date"), false, () => this.calendar.toggle(this.now()));
    this.buttons = [nextSlot, nextDay, toDate];
    this.calendar = new Calendar(toDate, (day) => this.move({ action: "set", at: day }));
    this.node.setAttribute("aria-label", t("web.clock.label"));
    this.node.append(
      el("div", { class: "now" }, el("p", { class: "now-line" }, this.time, this.day), this.next),
      el("div", { class: "clock-buttons" }, nextSlot, nextDay, el("div", { class: "to-date" }, toDate, this.calendar.node)),
    );
  }

  /** Take over where the server says that the office's time stands. */
  set(clock) {
    const moved = Math.abs(wall(clock.now) - this.now()) > 5000 && this.readAt > 0;
    this.base = wall(clock.now);
    this.readAt = performance.now();
    this.slot = clock.next;
    if (!this.busy) this.drawNext();
    this.tick();
    if (moved) replay(this.node, "moved");
  }

  drawNext() {
    const at = wall(this.slot.at);
    const when = isoDay(at) === isoDay(this.now()) ? formatTime(at) : `${formatTime(at)}, ${formatDay(at)}`;
    this.next.replaceChildren(
      el("span", { text: `${t("web.clock.next")}: ` }),
      el("strong", { text: when }),
      el("span", { text: ` – ${t(`web.slot.${this.slot.kind}`)}` }),
    );
  }

  now() {
    return this.base + (performance.now() - this.readAt);
  }

  tick() {
    if (!this.readAt) return;
    const [time, day] = [formatTime(this.now()), formatDay(this.now())];
    if (this.time.textContent !== time) this.time.textContent = time;
    if (this.day.textContent !== day) this.day.textContent = day;
  }

  async move(order) {
    if (this.busy) return;
    this.setBusy(true);
    try {
      this.set(await moveClock(order));
    } catch (error) {
      notify(error.message);
    } finally {
      this.setBusy(false);
    }
  }

  setBusy(busy) {
    this.busy = busy;
    this.node.classList.toggle("busy", busy);
    this.node.setAttribute("aria-busy", String(busy));
    for (const button of this.buttons) button.disabled = busy;
    if (busy) this.next.textContent = t("web.clock.moving");
    else this.drawNext();
  }
}
