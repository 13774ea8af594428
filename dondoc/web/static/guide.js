// The panel that tells the story in five minutes, with buttons that do a step's typing.

import { sendSample } from "./api.js";
import { el, icon, iconButton, notify } from "./dom.js";
import { t } from "./texts.js";

// What each step offers, by role of the phone; `nth` chooses among several phones of a role.
const STEPS = [
  { name: "send", actions: [{ samples: "office" }] },
  { name: "approve", actions: [{ go: "office" }] },
  { name: "notice", actions: [{ go: "via" }, { go: "unit" }] },
  { name: "remind", actions: [{ clock: "next_slot" }] },
  { name: "answer", actions: [{ fill: "unit" }] },
  { name: "submit", actions: [{ samples: "unit" }] },
  { name: "confirm", actions: [{ go: "office" }] },
  { name: "extend", actions: [{ fill: "unit", nth: 1 }, { go: "leader" }] },
  { name: "assign", actions: [{ fill: "office" }] },
  { name: "progress", actions: [{ fill: "leader" }] },
  { name: "digest", actions: [{ clock: "next_day" }] },
];
/** People of the office go by their title, all others by their unit. */
export const nameOf = ({ role, title, unit }) => (role === "office" || role === "leader" ? title : unit);

const HIDDEN = "dondoc.guide.hidden";
const NARROW = "(max-width: 820px)";

export class Guide {
  constructor(node, phones, samples, clock) {
    this.node = node;
    this.phones = phones;
    this.samples = samples;
    this.clock = clock;
    this.build();
    const stored = sessionStorage.getItem(HIDDEN);
    this.show(stored === null ? !matchMedia(NARROW).matches : stored !== "yes");
  }

  build() {
    this.toggle = iconButton("guide", t("web.guide.hide"), "guide-toggle", () => this.show(this.panel.hidden));
    this.toggle.setAttribute("aria-controls", "guide-panel");
    this.panel = el(
      "div",
      { class: "guide-panel", id: "guide-panel" },
      el("p", { class: "guide-intro", text: t("web.guide.intro") }),
      el("ol", { class: "steps" }, ...STEPS.map((step, index) => this.step(step, index + 1))),
      el("p", { class: "guide-note", text: t("web.trial") }),
    );
    this.title = el("h2", { class: "guide-title", text: t("web.guide.title") });
    this.node.append(el("div", { class: "guide-head" }, this.title, this.toggle), this.panel);
  }

  show(shown) {
    this.panel.hidden = !shown;
    this.node.classList.toggle("folded", !shown);
    this.toggle.setAttribute("aria-expanded", String(shown));
    const label = t(shown ? "web.guide.hide" : "web.guide.show");
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
    sessionStorage.setItem(HIDDEN, shown ? "no" : "yes");
  }

  step({ name, actions }, number) {
    const mark = el("button", {
      type: "button",
      class: "step-number",
      "aria-pressed": "false",
      "aria-label": t("web.guide.done", { number }),
      on: { click: () => this.markDone(item, mark, mark.getAttribute("aria-pressed") !== "true") },
    });
    mark.append(el("span", { class: "step-digit", text: String(number) }), icon("check"));
    const item = el(
      "li",
      { class: "step", "data-step": name },
      mark,
      el(
        "div",
        { class: "step-body" },
        el("h3", { class: "step-title", text: t(`web.guide.${name}.title`) }),
        el("p", { class: "step-text", text: t(`web.guide.${name}.text`) }),
        el("div", { class: "step-actions" }, ...actions.flatMap((action) => this.action(name, action))),
      ),
    );
    return item;
  }

  markDone(item, mark, done) {
    mark.setAttribute("aria-pressed", String(done));
    item.classList.toggle("done", done);
  }

  phone(role, nth = 0) {
    const same = this.phones.filter((phone) => phone.person.role === role);
    return same[nth] ?? same[0];
  }

  action(step, action) {
    if (action.clock) {
      return [this.button("forward", t(`web.clock.${action.clock}`), () => this.clock.move({ action: action.clock }))];
    }
    const phone = this.phone(action.samples ?? action.go ?? action.fill, action.nth);
    if (!phone) return [];
    const name = nameOf(phone.person);
    if (action.samples) {
      const buttons = this.samplesOf(phone);
      return buttons.length ? buttons : this.action(step, { go: action.samples });
    }
    if (action.go) return [this.button("right", t("web.guide.go", { name }), () => phone.comeIntoView(), "go")];
    const text = t(`web.guide.${step}.try`);
    const fill = el(
      "button",
      { type: "button", class: "try", title: t("web.guide.fill", { name }), on: { click: () => phone.fill(text) } },
      el("q", { text }),
      el("span", { class: "try-where", text: t("web.guide.fill", { name }) }),
    );
    return [fill];
  }

  samplesOf(phone) {
    return this.samples
      .map((sample, index) => ({ ...sample, index }))
      .filter((sample) => sample.role === phone.person.role)
      .map((sample) => {
        const button = this.button("attach", t("web.guide.send_sample", { label: sample.label }), async () => {
          button.disabled = true;
          phone.comeIntoView();
          try {
            await sendSample(phone.person.chat_id, sample.index);
          } catch (error) {
            notify(error.message);
          } finally {
            button.disabled = false;
          }
        });
        return button;
      });
  }

  button(name, label, listener, kind = "step-button") {
    return el("button", { type: "button", class: kind, on: { click: listener } }, icon(name), el("span", { text: label }));
  }
}
