import init from "./ecosante_ui.js";

init({ module_or_path: "./ecosante_ui_bg.wasm" });
