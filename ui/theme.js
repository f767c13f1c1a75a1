// Before anything is painted: the theme that was chosen.
if (window.ECOSANTE_THEME) {
  document.documentElement.dataset.theme = window.ECOSANTE_THEME;
}
