// Starts the page: reads the state, puts the phones up, and listens.

import { readState } from "./api.js";
import { ClockBar } from "./clock.js";
import { el } from "./dom.js";
import { Guide, nameOf } from "./guide.js";
import { Phone } from "./phone.js";
import { listen, offlineNotice } from "./stream.js";
import { setTexts, t } from "./texts.js";

const RETRY = 2000;
const language = new URLSearchParams(location.search).get("lang") ?? "vi";
const byId = (id) => document.getElementById(id);

async function stateWhenReady() {
  for (;;) {
    try {
      return await readState(language);
    } catch {
      // The program may still be starting; there are no sentences yet in which to say so.
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}

function fillHead(state) {
  document.documentElement.lang = state.language;
  document.title = t("web.title");
  byId("brand").textContent = t("web.brand");
  byId("badge").textContent = t("web.badge");
  byId("badge").title = t("web.trial");
  byId("office").textContent = state.office;
  byId("phones").setAttribute("aria-label", t("web.phones"));
}

/** A row of all phones: who has something unread, and a way to a phone that is off the screen. */
function buildStrip(phones) {
  const strip = byId("strip");
  strip.setAttribute("aria-label", t("web.phones"));
  const pills = new Map();
  for (const phone of phones) {
    const { person } = phone;
    const pill = el(
      "button",
      { type: "button", class: `pill role-${person.role}`, on: { click: () => phone.comeIntoView() } },
      el("span", { class: "avatar small", "aria-hidden": "true", text: person.avatar }),
      el("span", { class: "pill-words" }, el("span", { class: "pill-name", text: person.name }), el("span", { class: "pill-title", text: nameOf(person) })),
      el("span", { class: "pill-dot", "aria-hidden": "true" }),
    );
    pills.set(phone, pill);
    strip.append(pill);
  }
  strip.append(
    el("a", {
      class: "language",
      href: `?${new URLSearchParams({ lang: t("web.language.other_code") })}`,
      lang: t("web.language.other_code"),
      text: t("web.language.other"),
    }),
  );
  return (phone) => {
    pills.get(phone).classList.toggle("has-unread", phone.unread > 0);
    const unread = phones.reduce((sum, other) => sum + other.unread, 0);
    document.title = unread ? `(${unread}) ${t("web.title")}` : t("web.title");
  };
}

async function start() {
  const state = await stateWhenReady();
  setTexts(state.texts, state.language);
  fillHead(state);
  let onUnread = () => {};
  const phones = state.phones.map((person) => new Phone(person, state.limits, (phone) => onUnread(phone)));
  onUnread = buildStrip(phones);
  byId("phones").append(...phones.map((phone) => phone.node));
  const clock = new ClockBar(byId("clock"));
  clock.set(state);
  new Guide(byId("guide"), phones, state.samples, clock);

  const byChat = new Map(phones.map((phone) => [phone.person.chat_id, phone]));
  listen({
    onClock: (now) => clock.set(now),
    onOffline: offlineNotice(),
    onEntries: (entries) => {
      for (const [chatId, phone] of byChat) {
        const own = entries.filter((entry) => entry.chat_id === chatId);
        if (own.length) phone.apply(own);
        // The first list holds what was there before the page was opened.
        phone.open();
      }
    },
  });
}

start();
