// The editor of a quiz: moving rows by keyboard, focus that stays on what moved, and ticks that
// outlive another search. Everything works without it, only with a page load for each step.

const KEYS = { ArrowUp: "up", ArrowDown: "down" };

// Alt+↑ and Alt+↓ by physical keys, never while a syllable is composed or a field is typed in.
document.addEventListener("keydown", (event) => {
  const way = KEYS[event.code];
  if (!way || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing) {
    return;
  }
  const target = event.target;
  if (!(target instanceof Element) || target.matches("input, select, textarea")) {
    return;
  }
  const button = target.closest("[data-row]")?.querySelector(`button[name="do"][value="${way}"]`);
  if (button) {
    event.preventDefault();
    button.click(); // a disabled one does nothing: there is no further place
  }
});

// A refusal is part of the answer: it shows what is stored now.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:afterSettle", () => {
  const body = document.querySelector("[data-quiz-body]");
  if (!body || body.dataset.settled) {
    return;
  }
  body.dataset.settled = "true";
  announce(body);
  focusOn(body);
});

// A status that arrives filled is not read aloud everywhere: it is filled once it stands.
function announce(body) {
  const status = body.querySelector("[data-quiz-said]");
  const text = status?.textContent ?? "";
  if (text) {
    status.textContent = "";
    requestAnimationFrame(() => {
      status.textContent = text;
    });
  }
}

function focusOn(body) {
  const refusal = body.querySelector("[data-quiz-refusal]");
  if (refusal) {
    refusal.focus();
    return;
  }
  const place = body.dataset.focus ? document.getElementById(body.dataset.focus) : null;
  if (!place) {
    body.querySelector('button[value="undo"]')?.focus();
    return;
  }
  place.dataset.here = "";
  const wanted = place.matches("[data-row]")
    ? [body.dataset.button, "up", "down", "remove"]
        .map((name) => place.querySelector(`button[name="do"][value="${name}"]:not(:disabled)`))
        .find((button) => button?.checkVisibility?.() ?? Boolean(button))
    : null;
  (wanted ?? place).focus();
}

// Choosing: what was ticked stays ticked when another search replaces the list.
const pick = document.querySelector("[data-pick]");
if (pick) {
  const ticked = new Set(
    [...pick.querySelectorAll('input[name="question"]')]
      .filter((input) => input.type === "hidden" || input.checked)
      .map((input) => input.value),
  );
  const found = pick.querySelector("#pick-found");
  const count = () => {
    const place = pick.querySelector("[data-pick-count]");
    place.textContent = ticked.size ? ` (${ticked.size}개)` : "";
  };
  const restore = () => {
    for (const hidden of found.querySelectorAll('input[type="hidden"][name="question"]')) {
      hidden.remove();
    }
    const shown = new Set();
    for (const box of found.querySelectorAll('input[type="checkbox"][name="question"]')) {
      shown.add(box.value);
      box.checked = ticked.has(box.value) && !box.disabled;
    }
    for (const value of ticked) {
      if (!shown.has(value)) {
        const hidden = document.createElement("input");
        Object.assign(hidden, { type: "hidden", name: "question", value });
        found.append(hidden);
      }
    }
    count();
  };
  pick.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches('input[type="checkbox"][name="question"]')) {
      ticked[box.checked ? "add" : "delete"](box.value);
      count();
    }
  });
  document.addEventListener("htmx:afterSettle", restore);
  restore();
}
