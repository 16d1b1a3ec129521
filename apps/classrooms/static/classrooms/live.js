// The live page of an assignment. Without this file it still refreshes; this saves work and says
// how old it is: nothing is asked while nobody looks, and an answer without news changes nothing.

const NOT_MODIFIED = 304;

function live() {
  return document.querySelector("[data-live]");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-live]") && document.hidden) {
    event.preventDefault();
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.target.matches("[data-live]") || event.detail.xhr.status !== NOT_MODIFIED) {
    return;
  }
  event.detail.shouldSwap = false;
  event.detail.isError = false;
  const clock = event.target.querySelector("[data-live-clock]");
  const time = event.detail.xhr.getResponseHeader("X-Refreshed");
  if (clock && time) {
    clock.textContent = time;
  }
  say("");
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.matches("[data-live]")) {
      say("서버에 닿지 않아 멈춰 있습니다. 연결되면 자동으로 다시 새로 고칩니다.");
    }
  });
}

document.addEventListener("visibilitychange", () => {
  const shown = live();
  if (!document.hidden && shown?.hasAttribute("hx-get")) {
    window.htmx.trigger(shown, "refresh");
  }
});

function say(text) {
  const place = live()?.querySelector("[data-live-lost]");
  if (place && place.textContent !== text) {
    place.textContent = text;
  }
}
