// What all widgets share: copying the address, and keeping a reader's place when a part is swapped.

// Copying ---------------------------------------------------------------------------------------
async function copyLink(link) {
  const widget = link.closest("[data-widget]");
  const address = new URL(link.getAttribute("href"), location.href).href;
  const label = link.querySelector("[data-copy-label]");
  try {
    await navigator.clipboard.writeText(address); // missing on plain http: throws
    label.textContent = "복사했습니다";
    setTimeout(() => (label.textContent = "링크 복사"), 2500);
  } catch {
    const place = widget.querySelector("[data-link-field]");
    const field = place.querySelector("input");
    place.hidden = false;
    field.value = address;
    field.focus();
    field.select();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-copy-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copyLink(link);
});

// Keeping one's place ---------------------------------------------------------------------------
// The answer to what was typed a moment ago must not overwrite what has been typed since.
const kept = new Map();

document.addEventListener("htmx:beforeSwap", (event) => {
  const widget = event.detail.target;
  if (!widget?.matches("[data-widget]")) return;
  const focused = document.activeElement;
  const typing = widget.contains(focused) && focused.matches("input:not([type=radio], [type=hidden])");
  const pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
  kept.set(widget.id, {
    typed: typing && !pressed ? { id: focused.id, name: focused.name, value: focused.value } : null,
    sent: event.detail.requestConfig?.parameters,
    focus: widget.contains(focused) ? focused.id : "",
    open: new Map([...widget.querySelectorAll("[data-keep-open]")].map((it) => [it.id, it.open])),
    replay: Boolean(event.detail.requestConfig?.elt?.matches("[data-replay]")),
    pressed: pressed?.name ?? "",
  });
});

document.addEventListener("htmx:afterSettle", (event) => {
  const widget = event.detail.elt;
  if (!widget?.matches?.("[data-widget]")) return;
  const before = kept.get(widget.id);
  kept.delete(widget.id);
  if (!before) return;
  for (const details of widget.querySelectorAll("[data-keep-open]")) {
    if (before.open.has(details.id) && before.pressed !== "fill") {
      details.open = before.open.get(details.id) || details.querySelector("[aria-invalid]") !== null;
    }
  }
  const field = before.typed && document.getElementById(before.typed.id);
  if (field && field.value !== before.typed.value) {
    field.value = before.typed.value;
    if (before.sent?.[field.name] !== field.value) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  const target = widget.querySelector("[data-focus]");
  if (target) target.focus({ preventScroll: false });
  widget.dispatchEvent(new CustomEvent("widget:ready", { bubbles: true, detail: before }));
});
