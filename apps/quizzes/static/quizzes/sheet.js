// Printing by a button; without scripts the page says where browsers have it.
const button = document.querySelector("[data-print]");

button.hidden = false;
document.querySelector("[data-print-by-hand]").hidden = true;
button.addEventListener("click", () => window.print());
