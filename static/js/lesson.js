// The lesson's text: corrections on demand, the author's text alone, copy buttons, table of contents.
const text = document.querySelector("[data-lesson-text]");

// Corrections -----------------------------------------------------------------------------------
function noteOf(ref) {
  return document.getElementById(ref.hash.slice(1));
}

function setOpen(ref, note, open) {
  note.classList.toggle("is-open", open);
  note.classList.toggle("is-closed", !open);
  ref.setAttribute("aria-expanded", String(open));
}

for (const ref of text.querySelectorAll(".erratum-ref")) {
  const note = noteOf(ref);
  if (!note) continue;
  const folds = note.dataset.severity !== "high";
  ref.setAttribute("role", "button");
  ref.setAttribute("aria-controls", note.id);
  setOpen(ref, note, !folds);
  const toggle = () => {
    setOpen(ref, note, !note.classList.contains("is-open"));
  };
  ref.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  ref.addEventListener("keydown", (event) => {
    if (event.code !== "Space") return;
    event.preventDefault();
    toggle();
  });
}

function openTarget() {
  // A link to a note or a sentence (from the list below, from another page) must not end at nothing.
  const id = decodeURIComponent(location.hash.slice(1));
  const ref = document.getElementById(id.replace(/^note-/, "ref-"));
  if (!ref?.matches(".erratum-ref")) return;
  setSourceOnly(false);
  setOpen(ref, noteOf(ref), true);
  (id.startsWith("note-") ? noteOf(ref) : ref).scrollIntoView({ block: "center" });
}

// The author's text alone -----------------------------------------------------------------------
const sourceSwitch = document.querySelector("[data-source-only]");

function setSourceOnly(on) {
  if (sourceSwitch) sourceSwitch.checked = on;
}

addEventListener("hashchange", openTarget);
openTarget();

// Copying ---------------------------------------------------------------------------------------
async function copy(string, code) {
  try {
    await navigator.clipboard.writeText(string);
    return true;
  } catch {
    // Plain http has no clipboard: select the text, so that Ctrl+C finishes the job.
    getSelection().selectAllChildren(code);
    const setExactly = (event) => {
      event.clipboardData.setData("text/plain", string); // a selection would drop the last newline
      event.preventDefault();
    };
    document.addEventListener("copy", setExactly, { once: true });
    return document.execCommand("copy");
  }
}

for (const figure of text.querySelectorAll("figure.code")) {
  const code = figure.querySelector("code");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.dataset.overlay = "";
  const icon = document.createElement("span");
  icon.className = "icon icon-copy";
  icon.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  label.textContent = "복사";
  label.setAttribute("aria-live", "polite");
  button.append(icon, label);
  button.addEventListener("click", async () => {
    const done = await copy(code.textContent, code);
    label.textContent = done ? "복사했습니다" : "Ctrl+C를 누르세요";
    setTimeout(() => (label.textContent = "복사"), 2500);
  });
  figure.append(button);
}

// Table of contents -----------------------------------------------------------------------------
const entries = [...document.querySelectorAll(".toc [data-toc] a")].map((link) => ({
  link,
  target: document.getElementById(link.hash.slice(1)),
}));

function follow() {
  const line = innerHeight * 0.25;
  let active = null;
  for (const entry of entries) {
    if (entry.target && entry.target.getBoundingClientRect().top <= line) active = entry;
  }
  for (const entry of entries) {
    if (entry === active) entry.link.setAttribute("aria-current", "location");
    else entry.link.removeAttribute("aria-current");
  }
}

const sheetButton = document.querySelector(".course-nav-button");
let lastScroll = scrollY;
function stepAside() {
  const moved = scrollY - lastScroll;
  if (Math.abs(moved) < 8) return;
  sheetButton?.classList.toggle("is-away", moved > 0 && scrollY > innerHeight * 0.5);
  lastScroll = scrollY;
}

let waiting = false;
function followSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
    stepAside();
  });
}

addEventListener("scroll", followSoon, { passive: true });
addEventListener("resize", followSoon);
follow();
