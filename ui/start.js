import init from "./ecosante_ui.js";

// What is said in a language: asked for once, and of the language of the device at once, so that it
// comes with the rest.
const asked = {};
window.ecosanteSentences = (code) =>
  (asked[code] ??= fetch(`sentences/${code}.txt`).then((answer) => answer.text()));
if (window.ECOSANTE_LANGUAGE) {
  window.ecosanteSentences(window.ECOSANTE_LANGUAGE);
}

init({ module_or_path: "./ecosante_ui_bg.wasm" });
