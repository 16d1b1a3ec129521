// The button that walks through: the device's theme, light, dark.
const KEY = "gureum-theme";
const THEMES = [
  { name: "", icon: "auto", label: "기기 설정" },
  { name: "light", icon: "sun", label: "밝게" },
  { name: "dark", icon: "moon", label: "어둡게" },
];
const root = document.documentElement;

function current() {
  return Math.max(0, THEMES.findIndex((theme) => theme.name === (root.dataset.theme ?? "")));
}

function show(button) {
  const theme = THEMES[current()];
  button.querySelector("[data-theme-icon]").className = `icon icon-${theme.icon}`;
  const label = `화면 밝기: ${theme.label}`;
  button.querySelector("[data-theme-label]").textContent = label;
  button.title = label;
}

function advance() {
  const { name } = THEMES[(current() + 1) % THEMES.length];
  if (name) root.dataset.theme = name;
  else delete root.dataset.theme;
  try {
    if (name) localStorage.setItem(KEY, name);
    else localStorage.removeItem(KEY);
  } catch {
    // The choice then holds for this page only.
  }
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  show(button);
  button.addEventListener("click", () => {
    advance();
    show(button);
  });
}
