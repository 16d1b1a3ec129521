// The preview beside the form: which side of it, how bright, how wide. htmx renews what is in it.
const root = document.querySelector("[data-preview]");
const page = root.querySelector("[data-preview-page]");
const switches = root.querySelector("[data-preview-switches]");

const NAMES = { "preview-side": "side", "preview-theme": "theme", "preview-width": "width" };

function follow(input) {
  page.dataset[NAMES[input.name]] = input.value;
}

const isDark =
  document.documentElement.dataset.theme === "dark" ||
  (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
if (isDark) switches.querySelector('[value="dark"]').checked = true;
switches.hidden = false;
switches.addEventListener("change", (event) => follow(event.target));
for (const input of switches.querySelectorAll("input:checked")) follow(input);
