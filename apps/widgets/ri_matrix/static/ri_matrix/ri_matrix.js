// The matrix works without this. What closed an explanation is gone with it: the focus goes back to
// the cell that had opened it (htmx keeps the focus where the pressed element is still there).
let back = "";

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.target?.matches?.(".ri-matrix")) return;
  back = document.activeElement?.dataset.back ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  if (!back) return;
  document.getElementById(back)?.focus({ preventScroll: true });
  back = "";
});
