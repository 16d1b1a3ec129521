// 오류 신고 of the words that are selected in a lesson: a link below them, next in the tab order.
const text = document.querySelector("[data-lesson-text]");
const MOST = 300; // letters; the address has to carry them
const LEAST = 2;
const SETTLE_MS = 300; // a selection grows letter by letter; a tap on the link first collapses it
const BELOW = matchMedia("(pointer: coarse)").matches ? 32 : 8; // px; the handles of a touch screen
const HEADINGS = "h1, h2, h3, h4, h5, h6";
const PARTS = "p, li, tr, td, th, pre, blockquote, figcaption, dt, dd, div";

const link = document.createElement("a");
link.className = "report-pick";
link.textContent = "이 문장의 오류 신고";
link.dataset.overlay = "";
link.hidden = true;

const headings = [...text.querySelectorAll(HEADINGS)].filter(
  (one) => one.id && !one.closest("[data-overlay]"),
);

function startsBefore(node, range) {
  return node.contains(range.startContainer) || range.comparePoint(node, 0) < 0;
}

function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(text)) return null;
  if (!text.contains(range.startContainer)) range.setStart(text, 0);
  if (!text.contains(range.endContainer)) range.setEnd(text, text.childNodes.length);
  let above = headings.filter((one) => startsBefore(one, range)).at(-1);
  // A quote stands in one section: what lies below the next heading is left out.
  for (const next of headings.filter((one) => !startsBefore(one, range))) {
    if (range.comparePoint(next, 0) !== 0) break;
    const upper = range.cloneRange();
    upper.setEndBefore(next);
    if (words(upper).length >= LEAST) return { range: upper, quote: words(upper), section: above?.id ?? "" };
    range.setStartBefore(next); // nothing was said above it
    above = next;
  }
  const quote = words(range);
  return quote.length < LEAST ? null : { range, quote, section: above?.id ?? "" };
}

function words(range) {
  const shared = range.commonAncestorContainer;
  const around = shared.nodeType === Node.ELEMENT_NODE ? shared : shared.parentElement;
  if (around.closest("[data-overlay]")) return ""; // a correction or an embed is no sentence of the lesson
  const copy = range.cloneContents();
  for (const part of copy.querySelectorAll("[data-overlay], title, desc")) part.remove();
  for (const part of copy.querySelectorAll(PARTS)) part.append(" ");
  return copy.textContent.replace(/\s+/g, " ").trim().slice(0, MOST);
}

function blockAt(range) {
  const end = range.endContainer;
  const node = end.nodeType === Node.ELEMENT_NODE ? (end.childNodes[range.endOffset - 1] ?? end) : end;
  const blocks = [...text.querySelectorAll(":scope > .prose > *")];
  return blocks.find((block) => block.contains(node)) ?? blocks.findLast((block) => range.intersectsNode(block));
}

function place(range) {
  const frame = link.offsetParent.getBoundingClientRect();
  const last = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
  const room = document.documentElement.clientWidth - link.offsetWidth - 8;
  const left = Math.max(8, Math.min(last.right - link.offsetWidth, room));
  link.style.left = `${left - frame.left}px`;
  link.style.top = `${last.bottom + BELOW - frame.top}px`;
}

function offer() {
  if (link === document.activeElement) return;
  const found = chosen();
  const block = found && blockAt(found.range);
  link.hidden = !block;
  if (!block) return;
  const address = new URLSearchParams({ section: found.section, quote: found.quote });
  link.href = `${text.dataset.reportUrl}&${address}`;
  // Where the next Tab reaches it. What follows a heading keeps its distance: nothing comes between.
  const within = block.matches(HEADINGS);
  if (link !== (within ? block.lastElementChild : block.nextElementSibling)) {
    if (within) block.append(link);
    else block.after(link);
  }
  place(found.range);
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, SETTLE_MS);
});
link.addEventListener("blur", () => (timer = setTimeout(offer, SETTLE_MS)));
addEventListener("resize", offer);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || link.hidden) return;
  getSelection().removeAllRanges();
  link.hidden = true;
});
