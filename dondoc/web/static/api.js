// Requests to the server. A refusal becomes an Error whose message is the server's own sentence.

import { query, t } from "./texts.js";

export class Refusal extends Error {}

async function answer(request, fallback) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refusal(t(fallback)); // no answer at all: the connection is gone
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw new Refusal(body?.error?.message ?? t("web.error.server"));
}

export const readState = async (language) => {
  const response = await fetch(`/demo/state?${new URLSearchParams({ lang: language })}`);
  if (!response.ok) throw new Error(`state: ${response.status}`);
  return response.json();
};

const chat = (id) => `/demo/chats/${encodeURIComponent(id)}`;

export const sendMessage = (id, form) =>
  answer(fetch(`${chat(id)}/messages?${query()}`, { method: "POST", body: form }), "web.error.unsent");

export const pressChoice = (id, choice, replyTo) => {
  const form = new FormData();
  form.append("key", newKey());
  form.append("choice", choice);
  form.append("reply_to", replyTo);
  return answer(fetch(`${chat(id)}/messages?${query()}`, { method: "POST", body: form }), "web.error.unpressed");
};

export const sendSample = (id, index) =>
  answer(fetch(`${chat(id)}/samples/${index}?${query({ key: newKey() })}`, { method: "POST" }), "web.error.server");

export const moveClock = (order) =>
  answer(
    fetch(`/demo/clock?${query()}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(order),
    }),
    "web.error.server",
  );

/** A name of our own for a message, so that sending it again makes no second one. */
export function newKey() {
  // Not randomUUID: that exists only on https and localhost, and the page may be shown over the office's network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
