// The account's menu closes as menus do: with Escape, and when attention goes elsewhere.
const MENU = "[data-account-menu]";

function close(menu) {
  menu.open = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
    const held = menu.contains(document.activeElement);
    close(menu);
    if (held) menu.querySelector("summary").focus();
  }
});

for (const kind of ["pointerdown", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
      if (!menu.contains(event.target)) close(menu);
    }
  });
}
