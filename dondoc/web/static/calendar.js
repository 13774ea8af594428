// A month to choose a day from, in the language of the page (the browser's own date field follows the browser's language).

import { el, iconButton } from "./dom.js";
import { formatDay, formatMonth, isoDay, t } from "./texts.js";

const DAY = 24 * 60 * 60 * 1000;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export class Calendar {
  /** `opener` is the button that shows it; `onChoose` gets the chosen day as 2024-06-27. */
  constructor(opener, onChoose) {
    this.opener = opener;
    this.onChoose = onChoose;
    this.heading = el("p", { class: "calendar-month", "aria-live": "polite" });
    this.grid = el("div", { class: "calendar-grid" });
    this.node = el(
      "div",
      { class: "calendar", role: "dialog", "aria-label": t("web.calendar.label"), on: { keydown: (event) => this.onKey(event) } },
      el(
        "div",
        { class: "calendar-head" },
        iconButton("left", t("web.calendar.previous"), "small", () => this.turn(-1)),
        this.heading,
        iconButton("right", t("web.calendar.following"), "small", () => this.turn(1)),
      ),
      this.grid,
    );
    this.node.hidden = true;
    opener.setAttribute("aria-haspopup", "dialog");
    opener.setAttribute("aria-expanded", "false");
    document.addEventListener("pointerdown", (event) => {
      if (!this.node.hidden && !this.node.contains(event.target) && !opener.contains(event.target)) this.close();
    });
  }

  toggle(now) {
    if (!this.node.hidden) {
      this.close();
      return;
    }
    this.today = Math.floor(now / DAY) * DAY;
    this.focused = this.today + DAY;
    this.node.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.draw();
    this.focusDay();
  }

  close() {
    this.node.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  turn(months) {
    const date = new Date(this.focused);
    const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
    this.focused = Math.max(first, this.today + DAY);
    this.draw();
  }

  draw() {
    const date = new Date(this.focused);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const first = Date.UTC(year, month, 1);
    this.heading.textContent = formatMonth(first);
    const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) =>
      el("span", { class: "calendar-weekday", "aria-hidden": "true", text: t(`web.weekday_short.${day}`) }),
    );
    const blanks = (new Date(first).getUTCDay() + 6) % 7;
    const days = [];
    for (let at = first; new Date(at).getUTCMonth() === month; at += DAY) days.push(this.dayButton(at));
    days[0].style.gridColumnStart = String(blanks + 1);
    this.grid.replaceChildren(...weekdays, ...days);
  }

  dayButton(at) {
    const weekday = new Date(at).getUTCDay();
    const button = el("button", {
      type: "button",
      class: `calendar-day${weekday === 0 || weekday === 6 ? " off" : ""}${at === this.today ? " today" : ""}`,
      "data-day": isoDay(at),
      "aria-label": formatDay(at),
      "aria-current": at === this.today ? "date" : null,
      tabindex: at === this.focused ? "0" : "-1",
      text: String(new Date(at).getUTCDate()),
      on: { click: () => this.choose(at) },
    });
    button.disabled = at <= this.today;
    return button;
  }

  focusDay() {
    this.grid.querySelector(`[data-day="${isoDay(this.focused)}"]`)?.focus();
  }

  choose(at) {
    this.close();
    this.opener.focus();
    this.onChoose(isoDay(at));
  }

  onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this.opener.focus();
    }
    const step = STEPS[event.key];
    if (step === undefined || !event.target.closest(".calendar-day")) return;
    event.preventDefault();
    this.focused = Math.max(this.focused + step * DAY, this.today + DAY);
    this.draw();
    this.focusDay();
  }
}
