// The one connection over which all phones and the clock hear of news.

import { notify } from "./dom.js";
import { query, t } from "./texts.js";

const REOPEN = 2000;

/**
 * Listen for good. `onEntries` gets lists of messages, `onClock` where the office's time stands, `onOffline` true or false
 * when the connection goes or comes.
 */
export function listen({ onEntries, onClock, onOffline }) {
  let last = "";
  let run = null;

  function open() {
    const source = new EventSource(`/demo/events?${query(last ? { after: last } : {})}`);
    source.addEventListener("open", () => onOffline(false));
    source.addEventListener("clock", (event) => {
      const clock = JSON.parse(event.data);
      // The program was started anew, perhaps with an empty log: what this page shows may no longer be true.
      if (run !== null && run !== clock.run) location.reload();
      run = clock.run;
      onClock(clock);
    });
    source.addEventListener("entries", (event) => {
      last = event.lastEventId;
      onEntries(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      onOffline(true);
      // A browser reconnects by itself after a lost connection, but not after an answer that was no stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, REOPEN);
    });
  }

  open();
}

/** Says that the connection is away for as long as it is. */
export function offlineNotice() {
  let notice = null;
  return (offline) => {
    if (offline) notice ??= notify(t("web.error.offline"), { kind: "info", lasting: true });
    else {
      notice?.remove();
      notice = null;
    }
  };
}
