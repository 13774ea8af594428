// Sentences, dates and sizes in the language of the page. All sentences come from the server's catalogue.

let texts = {};
let language = "vi";

export function setTexts(given, code) {
  texts = given;
  language = code;
}

/** The sentence called `name` with its {fields} filled in. A missing sentence shows its name, so that it is noticed. */
export function t(name, values = {}) {
  const sentence = texts[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (field, key) => (key in values ? String(values[key]) : field));
}

/** The query that asks the server to answer in the page's language. */
export function query(values = {}) {
  return new URLSearchParams({ lang: language, ...values }).toString();
}

/**
 * The office's wall-clock time of an ISO instant that carries the office's offset, as milliseconds that are read with the
 * UTC methods: the time zone of the browser must not matter.
 */
export function wall(iso) {
  const [, year, month, day, hour, minute, second] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)(?::(\d+))?/.exec(iso);
  return Date.UTC(year, month - 1, day, hour, minute, second ?? 0);
}

const two = (number) => String(number).padStart(2, "0");

function fields(ms) {
  const date = new Date(ms);
  const [day, month] = [date.getUTCDate(), date.getUTCMonth() + 1];
  return {
    weekday: t(`web.weekday.${date.getUTCDay()}`),
    day,
    d: two(day),
    // Official papers write a zero before the months 1 and 2 only.
    m: month <= 2 ? two(month) : month,
    month: t(`web.month.${month}`),
    y: date.getUTCFullYear(),
  };
}

/** Thứ Năm, 27/6/2024. */
export const formatDay = (ms) => t("web.date.day", fields(ms));
/** 27/6. */
export const formatShortDay = (ms) => t("web.date.short", fields(ms));
/** Tháng 6 năm 2024. */
export const formatMonth = (ms) => t("web.calendar.month", { ...fields(ms), m: new Date(ms).getUTCMonth() + 1 });
/** 08:05. */
export const formatTime = (ms) => `${two(new Date(ms).getUTCHours())}:${two(new Date(ms).getUTCMinutes())}`;
/** 2024-06-27. */
export const isoDay = (ms) => new Date(ms).toISOString().slice(0, 10);

/** 2,5 MB. */
export function formatSize(bytes) {
  if (bytes < 1024 * 1024) return t("web.size.kb", { n: Math.max(1, Math.ceil(bytes / 1024)) });
  const number = (bytes / (1024 * 1024)).toFixed(1).replace(/\.0$/, "").replace(".", t("web.size.point"));
  return t("web.size.mb", { n: number });
}
