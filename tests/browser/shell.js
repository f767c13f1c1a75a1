// What the shell is to the window, in a browser: questions are posted, and what the window is told
// comes as the answer to a question that waits.
const heard = {};

window.__TAURI__ = {
  core: {
    async invoke(command, given) {
      const answer = await fetch(`ask/${command}`, {
        method: "POST",
        body: JSON.stringify(given ?? {}),
      });
      const body = await answer.json();
      if (!answer.ok) {
        throw body;
      }
      return body;
    },
  },
  event: {
    async listen(event, handler) {
      (heard[event] ??= []).push(handler);
    },
  },
};

(async () => {
  let after = window.ECOSANTE_TOLD;
  for (;;) {
    const events = await (await fetch(`events/${after}`)).json();
    after += events.length;
    for (const told of events) {
      for (const handler of heard[told.event] ?? []) {
        handler(told);
      }
    }
  }
})();
