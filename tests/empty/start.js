import init from "./ecosante_empty.js";

init({ module_or_path: "./ecosante_empty_bg.wasm" });
