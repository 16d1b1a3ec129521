// Ticks of the list: all of the page at once, and how many there are. The list works without.
const lists = () => document.querySelectorAll("[data-bulk]");

function show(form) {
  const ticks = [...form.querySelectorAll('input[name="ids"]')];
  const chosen = ticks.filter((tick) => tick.checked).length;
  const toggle = form.querySelector("[data-bulk-toggle]");
  form.querySelector("[data-bulk-all]").hidden = false;
  toggle.checked = chosen > 0 && chosen === ticks.length;
  toggle.indeterminate = chosen > 0 && chosen < ticks.length;
  form.querySelector("[data-bulk-count]").textContent = chosen ? `${chosen}개 골랐습니다.` : "";
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-bulk]");
  if (!form) return;
  if (event.target.matches("[data-bulk-toggle]")) {
    for (const tick of form.querySelectorAll('input[name="ids"]')) {
      tick.checked = event.target.checked;
    }
  }
  show(form);
});

document.addEventListener("htmx:afterSwap", () => lists().forEach(show));
// A browser keeps ticks when one comes back to the page.
window.addEventListener("pageshow", () => lists().forEach(show));
