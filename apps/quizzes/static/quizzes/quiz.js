// Keeping answers: saved as they are given, kept on this device until the server has said so.
//
// An answer that the server has not acknowledged is an entry in a queue, in memory and in
// localStorage, under the attempt, the item and its try: nothing of another attempt is ever read.
// One request is under way at a time; a failed one is sent again with the same revision and sequence.
const root = document.querySelector("[data-attempt]");
const form = document.querySelector("[data-item]:not([data-checked])");
const base = root.dataset.attemptUrl;
const prefix = `gureum.draft.${root.dataset.attempt}.`;

const TYPING_MS = 400;
const ANSWER_MS = 10_000; // longer than any answer takes; then the request counts as lost
const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const UNSAVED = "저장 안 됨. 서버에 닿지 않아 다시 시도하는 중입니다. 답은 이 기기에 남아 있습니다.";

// This tab ---------------------------------------------------------------------------------------
function remembered(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null; // storage is switched off: memory has to do
  }
}

function remember(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

const tab = {
  // Not randomUUID, which plain http lacks.
  name: () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  client: remembered(sessionStorage, "gureum.tab"),
  count: Number(remembered(sessionStorage, "gureum.count")) || 0,
  rename() {
    this.client = this.name();
    remember(sessionStorage, "gureum.tab", this.client);
  },
  next() {
    this.count += 1;
    remember(sessionStorage, "gureum.count", String(this.count));
    return this.count;
  },
};
if (!tab.client) tab.rename();

// A duplicated tab has a copy of the name; the one that was here first says so.
const tabs = new BroadcastChannel("gureum.tabs");
const page = tab.name();
tabs.addEventListener("message", ({ data }) => {
  if (data.client !== tab.client || data.page === page) return;
  if (data.asks) tabs.postMessage({ client: tab.client, page });
  else tab.rename();
});
tabs.postMessage({ client: tab.client, page, asks: true });

// The queue --------------------------------------------------------------------------------------
const queue = new Map(); // key → entry
const keyOf = (entry) => `${prefix}${entry.position}.${entry.try}`;

function keep(entry) {
  queue.set(keyOf(entry), entry);
  entry.kept = remember(localStorage, keyOf(entry), JSON.stringify(entry));
}

function drop(entry) {
  const key = keyOf(entry);
  if (queue.get(key)?.sequence === entry.sequence) queue.delete(key);
  try {
    const stored = JSON.parse(remembered(localStorage, key) ?? "null");
    if (stored?.sequence === entry.sequence && stored.client === entry.client) {
      remember(localStorage, key, null);
    }
  } catch {
    remember(localStorage, key, null);
  }
}

function load() {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return; // storage is switched off
  }
  for (const key of keys) {
    try {
      const entry = JSON.parse(remembered(localStorage, key));
      // What another tab has yet to choose between is shown there, not here.
      const elsewhere = entry.refused && entry.client !== tab.client;
      if (keyOf(entry) === key && entry.fields && !elsewhere) queue.set(key, entry);
    } catch {
      remember(localStorage, key, null);
    }
  }
}

// The form ---------------------------------------------------------------------------------------
const mine = form && { position: Number(form.dataset.position), try: Number(form.dataset.try) };
const ownKey = mine && keyOf(mine);
const controls = () => [...form.elements].filter((it) => /^answer(-|$)/.test(it.name));
const switches = (control) => control.type === "radio" || control.type === "checkbox";

function readFields() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (/^answer(-|$)/.test(name) && value !== "") (fields[name] ??= []).push(value);
  }
  return fields;
}

function same(one, other) {
  const text = (fields) =>
    JSON.stringify(Object.keys(fields).sort().map((name) => [name, [...fields[name]].sort()]));
  return text(one) === text(other);
}

function fillFields(fields) {
  for (const control of controls()) {
    const values = fields[control.name] ?? [];
    if (switches(control)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
  form.dispatchEvent(new CustomEvent("quiz:filled", { bubbles: true }));
}

function describe(fields) {
  const lines = [];
  for (const control of controls()) {
    const values = fields[control.name];
    if (!values) continue;
    if (switches(control)) {
      if (values.includes(control.value)) lines.push(control.dataset.says);
    } else if (control.matches("select")) {
      const option = [...control.options].find((it) => it.value === values[0]);
      if (option) lines.push(`${control.dataset.says}: ${option.text}`);
    } else {
      lines.push(values[0]);
    }
  }
  return lines.length ? lines : ["비어 있음"];
}

const revision = form?.elements.revision;
let last = form && readFields(); // what this page knows to be stored, or queued

function capture() {
  clearTimeout(typing);
  typing = 0;
  const fields = readFields();
  if (same(fields, last)) return;
  last = fields;
  const entry = {
    ...mine,
    fields,
    revision: Number(revision.value),
    client: tab.client,
    sequence: tab.next(),
  };
  // While two answers stand side by side, only the reader's choice sends this one.
  if (stored) {
    entry.refused = true;
    listIn(conflict.querySelector("[data-conflict-own]"), describe(fields));
  }
  keep(entry);
}

// Saying what is going on ------------------------------------------------------------------------
const status = document.querySelector("[data-save-status]");
const waiting = document.querySelector("[data-waiting]");
const problem = form?.querySelector("[data-problem]");

function say(state, text) {
  if (!status || (status.dataset.state === state && status.textContent === text)) return;
  status.dataset.state = state;
  status.textContent = text;
}

function sayProblem(text) {
  if (!problem) return;
  problem.removeAttribute("role");
  problem.textContent = text;
  problem.hidden = text === "";
}

// Entries of other items: named, so that nothing is left behind unseen.
function sayOthers() {
  if (!waiting) return;
  const others = [...queue].filter(([key]) => key !== ownKey).map(([, entry]) => entry);
  waiting.hidden = others.length === 0;
  waiting.replaceChildren();
  if (!others.length) return;
  waiting.append("아직 저장하지 못한 답이 있습니다. ");
  for (const entry of others) {
    const link = document.createElement("a");
    link.href = `${base}${entry.position}/`;
    link.textContent = entry.refused ? `${entry.position}번: 다른 창의 답과 다릅니다` : `${entry.position}번`;
    waiting.append(link);
  }
}

const WORDS = { empty: "비어 있음", partial: "덜 답함", answered: "답함" };

function showState(answer) {
  const cell = document.querySelector(`[data-cell="${mine.position}"]`);
  const state = answer.empty ? "empty" : answer.problem ? "partial" : "answered";
  cell.dataset.state = state;
  cell.querySelector("[data-cell-word]").textContent = WORDS[state];
}

// Two tabs ---------------------------------------------------------------------------------------
const conflict = form?.querySelector("[data-conflict]");
let stored = null; // what the server holds while this page holds something else

function listIn(place, lines) {
  place.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
}

function showConflict(answer, entry) {
  stored = answer;
  listIn(conflict.querySelector("[data-conflict-stored]"), describe(answer.fields));
  listIn(conflict.querySelector("[data-conflict-own]"), describe(entry.fields));
  conflict.hidden = false;
  conflict.focus();
}

// The stored answer has been seen: what comes from here on may follow it.
function endConflict() {
  const seen = stored;
  const entry = queue.get(ownKey);
  if (entry) drop(entry);
  conflict.hidden = true;
  revision.value = seen.revision;
  stored = null;
  last = seen.fields;
  controls()[0].focus();
  return seen;
}

conflict?.querySelector("[data-conflict-replace]").addEventListener("click", () => {
  endConflict();
  capture();
  pump();
});

conflict?.querySelector("[data-conflict-keep]").addEventListener("click", () => {
  const seen = endConflict();
  fillFields(seen.fields);
  last = readFields();
  sayProblem(seen.problem);
  showState(seen);
  say("saved", "저장됨");
});

// Sending ----------------------------------------------------------------------------------------
const tokens = () => [...document.querySelectorAll("input[name=csrfmiddlewaretoken]")];
let pumping = null;
let retry = 0;
let failures = 0;
let lost = false;

function request(entry, options = {}) {
  const body = new URLSearchParams({
    revision: entry.revision,
    try: entry.try,
    client: entry.client,
    sequence: entry.sequence,
  });
  for (const [name, values] of Object.entries(entry.fields)) {
    for (const value of values) body.append(name, value);
  }
  return fetch(`${base}${entry.position}/`, {
    method: "POST",
    headers: { "X-Gureum-Save": "1", "X-CSRFToken": tokens()[0].value },
    redirect: "manual",
    body,
    ...options,
  });
}

// After a new login the old token no longer holds: take the one of a fresh page.
async function renewToken() {
  const response = await fetch(location.pathname, { redirect: "manual" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token) for (const field of tokens()) field.value = token;
}

// What the server has decided about the entry; null while it has not.
async function send(entry) {
  try {
    if (lost) await renewToken();
    const response = await request(entry, { signal: AbortSignal.timeout(ANSWER_MS) });
    lost = response.type === "opaqueredirect" || [401, 403, 404].includes(response.status);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // no answer, or none in time
  }
}

function decided(entry, answer) {
  const here = keyOf(entry) === ownKey;
  const newest = queue.get(keyOf(entry));
  if (answer.status === "conflict") {
    tab.rename(); // a copy of this tab may have been counting under the same name
    keep({ ...newest, client: tab.client, refused: true });
    if (here) {
      say("", "");
      showState(answer);
      showConflict(answer, newest);
    }
    return;
  }
  drop(entry);
  if (answer.status === "saved") {
    if (newest.sequence !== entry.sequence) keep({ ...newest, revision: answer.revision });
    if (!here) return;
    revision.value = answer.revision;
    showState(answer);
    if (!queue.has(ownKey)) {
      sayProblem(answer.problem);
      say("saved", "저장됨");
    }
  } else if (here || answer.status === "late") {
    say(answer.status, answer.message);
  }
}

function nextEntry() {
  const own = queue.get(ownKey);
  if (own && !own.refused) return own;
  return [...queue.values()].find((entry) => !entry.refused);
}

async function run() {
  clearTimeout(retry);
  for (let entry = nextEntry(); entry; entry = nextEntry()) {
    if (failures === 0 && keyOf(entry) === ownKey) say("saving", "저장 중");
    const answer = await send(entry);
    if (answer) {
      failures = 0;
      decided(entry, answer);
      continue;
    }
    say(lost ? "lost" : "unsaved", lost ? root.dataset.lost : UNSAVED);
    retry = setTimeout(pump, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    failures += 1;
    break;
  }
  sayOthers();
}

function pump() {
  pumping ??= run().finally(() => (pumping = null));
  return pumping;
}

// Everything of this page is with the server, or has been tried just now.
async function settle() {
  if (form) capture();
  await pumping;
  await pump();
}

// What makes an answer be kept -------------------------------------------------------------------
let typing = 0;
let going = false;

form?.addEventListener("input", (event) => {
  if (!/^answer(-|$)/.test(event.target.name)) return;
  // A number chosen in an ordering is followed by the others' numbers, then by `change`.
  if (event.isTrusted && event.target.closest("[data-ordering]")) return;
  if (event.target.matches("textarea, input[type=text]")) {
    clearTimeout(typing);
    typing = setTimeout(save, TYPING_MS);
  } else {
    save();
  }
});
form?.addEventListener("change", save);

function save() {
  capture();
  if (queue.size) pump();
}

form?.addEventListener("submit", async (event) => {
  const go = event.submitter?.value ?? "save";
  capture();
  if (going || (go !== "save" && !queue.has(ownKey))) return;
  event.preventDefault();
  await settle();
  if (go === "save") return;
  const own = queue.get(ownKey);
  if (own && !own.refused) {
    if (!lost) say("unsaved", `${UNSAVED} 저장되면 옮길 수 있습니다.`);
    return;
  }
  if (own) {
    conflict.focus(); // one of the two answers has to be chosen first
    return;
  }
  going = true;
  form.requestSubmit(event.submitter);
});

// The summary: what is unsent goes first, or is named.
document.querySelector("[data-submit]")?.addEventListener("submit", async (event) => {
  if (going || !queue.size) return;
  event.preventDefault();
  await settle();
  if (queue.size) {
    waiting.scrollIntoView({ block: "center" });
    return;
  }
  going = true;
  event.target.requestSubmit(event.submitter);
});

// What is still under way when the page goes is sent once more: the server knows it by its sequence.
function leave() {
  if (form) capture();
  for (const entry of queue.values()) {
    if (!entry.refused) request(entry, { keepalive: true }).catch(() => {});
  }
}

addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // put back from memory: it may know too little by now
});
addEventListener("online", pump);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && typing) save();
});
addEventListener("beforeunload", (event) => {
  if ([...queue.values()].some((entry) => entry.kept === false)) event.preventDefault();
});
document.addEventListener("quiz:over", (event) => event.detail.before.push(settle()));

// A page opens -----------------------------------------------------------------------------------
load();
const draft = queue.get(ownKey);
if (draft && same(draft.fields, last)) {
  drop(draft);
} else if (draft) {
  delete draft.refused;
  fillFields(draft.fields);
  last = readFields();
}

if ("clearDrafts" in root.dataset) {
  // The attempt is over: what comes now is kept and marked; then nothing stays on this device.
  pump().then(() => {
    if (lost || failures) return;
    for (const entry of queue.values()) remember(localStorage, keyOf(entry), null);
    queue.clear();
  });
} else if (queue.size) {
  pump();
}

const result = document.getElementById("result");
if (result && location.hash === "#result") result.focus();
