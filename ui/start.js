import init from "./ecosante_ui.js";

// What is said in a language: asked for once, and of the language of the device at once, so that it
// comes with the rest.
const asked = {};
window.ecosanteSentences = (code) =>
  (asked[code] ??= fetch(`sentences/${code}.txt`).then((answer) => answer.text()));
if (window.ECOSANTE_LANGUAGE) {
  window.ecosanteSentences(window.ECOSANTE_LANGUAGE);
}

// A picture as PNG in base 64, twice as large as it says, for whoever keeps it as a file.
window.ecosantePicture = async (svg) => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1];
};

init({ module_or_path: "./ecosante_ui_bg.wasm" });
