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
const kept = new Map();

// Ids from where the reader is, outwards: what is gone after the swap is looked for further out.
function idsAround(element, widget) {
  const ids = [];
  for (let at = element; at && at !== widget; at = at.parentElement) if (at.id) ids.push(at.id);
  return ids;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const widget = event.detail.target;
  if (!widget?.matches?.("[data-widget]")) return;
  const config = event.detail.requestConfig;
  const focused = document.activeElement;
  const inside = widget.contains(focused);
  const pressed = config?.triggeringEvent?.submitter;
  const typing = inside && !pressed && focused.matches("input:not([type=radio])");
  kept.set(widget.id, {
    inside,
    around: inside ? idsAround(focused, widget) : [],
    top: inside ? focused.getBoundingClientRect().top : 0,
    typed: typing ? { id: focused.id, name: focused.name, value: focused.value } : null,
    sent: config?.parameters,
    open: new Map([...widget.querySelectorAll("[data-keep-open]")].map((it) => [it.id, it.open])),
    replay: Boolean(config?.elt?.matches("[data-replay]")),
    pressed: pressed?.name ?? "",
  });
});

// The answer to what was typed a moment ago must not overwrite what has been typed since.
function keepTyping(before) {
  const field = before.typed && document.getElementById(before.typed.id);
  if (!field || field.value === before.typed.value) return;
  field.value = before.typed.value;
  if (before.sent?.[field.name] !== field.value) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keepFocus(widget, before) {
  const asked = widget.querySelector("[data-focus]");
  if (asked) {
    asked.focus();
    return;
  }
  if (!before.inside) return;
  const found = before.around.map((id) => document.getElementById(id)).find(Boolean) ?? widget;
  if (!widget.contains(document.activeElement)) {
    if (found.tabIndex < 0) found.tabIndex = -1;
    found.focus({ preventScroll: true });
  }
  // What stands above may have grown or gone; what the reader works on stays where it was.
  if (found !== widget) {
    scrollBy({ top: found.getBoundingClientRect().top - before.top, behavior: "instant" });
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  const widget = event.detail.elt;
  if (!widget?.matches?.("[data-widget]")) return;
  const before = kept.get(widget.id);
  kept.delete(widget.id);
  if (!before) return;
  for (const details of widget.querySelectorAll("[data-keep-open]")) {
    const open = before.open.get(details.id);
    if (open !== undefined && before.pressed !== "fill") {
      details.open = open || details.querySelector("[aria-invalid]") !== null;
    }
  }
  keepTyping(before);
  keepFocus(widget, before);
  widget.dispatchEvent(new CustomEvent("widget:ready", { bubbles: true, detail: before }));
});

// Trouble on the way ----------------------------------------------------------------------------
function sayFailure(event, sentence) {
  const place = event.target.closest?.("[data-widget]")?.querySelector("[data-failure]");
  if (!place) return;
  place.textContent = sentence;
  place.hidden = sentence === "";
}

document.addEventListener("htmx:sendError", (event) =>
  sayFailure(event, "서버에 닿지 않습니다. 고친 내용은 이 화면에 그대로 있습니다. 연결을 확인하세요."),
);
const REFUSALS = {
  403: "보낸 곳을 확인하지 못했습니다. 페이지를 새로 고친 뒤 다시 눌러 주세요.",
  414: "규칙이 많아 주소에 다 담지 못합니다. 규칙을 줄이면 이어집니다.",
};
document.addEventListener("htmx:responseError", (event) =>
  sayFailure(
    event,
    REFUSALS[event.detail.xhr.status] ??
      "서버에서 문제가 생겼습니다. 고친 내용은 이 화면에 그대로 있습니다. 잠시 뒤 다시 해 보세요.",
  ),
);
