// Writing a question: rows move without a page in between, and what is typed is kept while it is
// typed: on this device at once, on the server a moment later. Without this, buttons do the same.
import { Rows } from "./rows.js";

const root = document.querySelector("[data-editor]");
const form = document.getElementById("editor");
const prefix = `gureum.draft.studio.${root.dataset.draft}.`;

const TYPING_MS = 800;
const ANSWER_MS = 10_000; // then the request counts as lost
const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const NOT_SENT = new Set(["csrfmiddlewaretoken", "revision", "picture", "picture_alt", "picture_into", "sentence"]);
const UNSAVED = "저장 안 됨. 서버에 닿지 않아 다시 시도하는 중입니다. 쓴 글은 이 기기에 있습니다.";
const LOST = "저장 안 됨. 로그인이 풀렸습니다. 쓴 글은 이 기기에 있고, 다시 로그인해 이 문제를 열면 저장합니다.";
const GONE = "저장 안 됨. 다른 창에서 이 문제를 버렸습니다. ‘저장하고 확인’을 누르면 새 문제로 저장할 수 있습니다.";

const rows = new Map([...form.querySelectorAll("[data-rows]")].map((it) => [it.dataset.rows, new Rows(it)]));

// This device ------------------------------------------------------------------------------------
function stored(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null; // storage is switched off: memory has to do
  }
}

function store(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

// A key for each page: two tabs never write over each other here.
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const ownKey = prefix + page;

function leftBehind() {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== ownKey);
  } catch {
    return [];
  }
  const entries = [];
  for (const key of keys) {
    try {
      const entry = JSON.parse(stored(localStorage, key));
      if (Array.isArray(entry.fields)) entries.push({ key, ...entry });
    } catch {
      store(localStorage, key, null);
    }
  }
  return entries.sort((one, other) => other.at - one.at);
}

// The form ---------------------------------------------------------------------------------------
const revision = form.elements.revision;

function read() {
  return [...new FormData(form)].filter(([name, value]) => !NOT_SENT.has(name) && typeof value === "string");
}

// Empty fields say nothing: a row more at the end is no change.
const said = (fields) => JSON.stringify(fields.filter(([, value]) => value !== "").map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]));

function fill(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const name of values.keys()) {
    const found = /^([a-z_]+)\[(\d+)\]/.exec(name);
    if (found && values.get(name).some((value) => value !== "")) rows.get(found[1])?.reach(Number(found[2]));
  }
  for (const control of form.elements) {
    if (!control.name || NOT_SENT.has(control.name) || ["submit", "file"].includes(control.type)) continue;
    const wanted = values.get(control.name) ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = wanted.includes(control.value);
    else control.value = wanted[0] ?? "";
  }
  form.dispatchEvent(new CustomEvent("editor:changed", { bubbles: true }));
}

let last = said(read()); // what the server has, or has been sent
let pending = null; // what it has not taken yet
let typing = 0;

function capture() {
  clearTimeout(typing);
  typing = 0;
  const fields = read();
  if (said(fields) === (pending ? said(pending.fields) : last)) return;
  pending = { fields, revision: Number(revision.value), after: last, at: Date.now() };
  pending.kept = store(localStorage, ownKey, JSON.stringify(pending));
}

function drop(entry) {
  if (pending !== entry) return;
  pending = null;
  store(localStorage, ownKey, null);
}

// Saying what is going on ------------------------------------------------------------------------
const status = document.querySelector("[data-saved]");

function say(state, text) {
  if (status.dataset.state === state && status.textContent === text) return;
  status.dataset.state = state;
  status.textContent = text;
}

function sayCounts({ problems, advice }) {
  const told = [problems && `고칠 곳 ${problems}`, advice && `권고 ${advice}`].filter(Boolean).join(" · ");
  say("saved", told ? `저장됨 (${told})` : "저장됨");
}

// Two tabs ---------------------------------------------------------------------------------------
const conflict = document.querySelector("[data-conflict]");
let seen = null; // the revision of the wording that stands beside this one

function showConflict(answer) {
  seen = answer.revision;
  const parsed = new DOMParser().parseFromString(answer.html, "text/html");
  conflict.replaceChildren(...parsed.body.childNodes);
  conflict.hidden = false;
  conflict.focus();
  say("unsaved", "저장 안 됨. 다른 창의 내용과 다릅니다.");
}

conflict.addEventListener("click", (event) => {
  if (event.target.closest("[data-overwrite]")) {
    event.preventDefault();
    replaceStored();
  } else if (event.target.closest("[data-reload]")) {
    pending = null; // chosen with both before one's eyes
    going = true;
    store(localStorage, ownKey, null);
  }
});

function replaceStored() {
  if (seen !== null) revision.value = seen;
  seen = null;
  conflict.hidden = true;
  pending = null;
  last = null;
  capture();
  pump();
  status.scrollIntoView({ block: "nearest" });
  form.querySelector("#f-stem").focus({ preventScroll: true });
}

// Sending ----------------------------------------------------------------------------------------
let pumping = null;
let retry = 0;
let failures = 0;
let lost = false;
let going = false;

const token = () => form.elements.csrfmiddlewaretoken;

function request(entry, options = {}) {
  const body = new URLSearchParams([...entry.fields, ["revision", entry.revision]]);
  return fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token().value },
    redirect: "manual",
    body,
    ...options,
  });
}

// After a new login the old token no longer holds: take the one of a fresh page.
async function renewToken() {
  const response = await fetch(form.action, { redirect: "manual" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const value = fresh.querySelector("#editor input[name=csrfmiddlewaretoken]")?.value;
  if (value) for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = value;
}

async function send(entry) {
  try {
    if (lost) await renewToken();
    const response = await request(entry, { signal: AbortSignal.timeout(ANSWER_MS) });
    lost = response.type === "opaqueredirect" || [401, 403, 404].includes(response.status);
    return [200, 409, 422].includes(response.status) ? await response.json() : null;
  } catch {
    return null; // no answer, or none in time
  }
}

// True where there is more to send.
function decided(entry, answer) {
  if (answer.status === "saved") {
    revision.value = answer.revision;
    last = said(entry.fields);
    if (pending !== entry) {
      pending.revision = answer.revision;
      pending.after = last;
      pending.kept = store(localStorage, ownKey, JSON.stringify(pending));
      return true;
    }
    drop(entry);
    sayCounts(answer);
  } else if (answer.status === "conflict") {
    showConflict(answer);
  } else if (answer.status === "invalid") {
    say("invalid", `저장 안 됨. ${Object.values(answer.errors)[0]}`);
  } else {
    say("lost", GONE);
  }
  return false;
}

async function run() {
  clearTimeout(retry);
  while (pending && seen === null) {
    const entry = pending;
    if (failures === 0) say("saving", "저장 중");
    const answer = await send(entry);
    if (answer) {
      failures = 0;
      if (decided(entry, answer)) continue;
      return;
    }
    say(lost ? "lost" : "unsaved", lost ? LOST : UNSAVED);
    retry = setTimeout(pump, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    failures += 1;
    return;
  }
}

function pump() {
  pumping ??= run().finally(() => (pumping = null));
  return pumping;
}

function save() {
  capture();
  if (pending) pump();
}

// What makes it be kept --------------------------------------------------------------------------
form.addEventListener("input", (event) => {
  if (NOT_SENT.has(event.target.name)) return;
  clearTimeout(typing);
  typing = setTimeout(save, TYPING_MS);
});
form.addEventListener("change", (event) => NOT_SENT.has(event.target.name) || save());

// Buttons lead to other pages: what is on its way goes first, so that it meets no older wording.
form.addEventListener("submit", async (event) => {
  if (going || event.defaultPrevented) return;
  event.preventDefault();
  capture();
  if (seen !== null) {
    conflict.focus(); // one of the two has to be chosen first
    return;
  }
  await pumping;
  if (pending && !lost) await pump();
  if (seen !== null) return;
  // With nothing to wait for this is still the press itself, in which a form is not sent again.
  setTimeout(() => {
    going = true;
    form.requestSubmit(event.submitter);
  });
});

addEventListener("pagehide", () => {
  if (going) return;
  capture();
  // While another one is under way it would be taken for a second tab; then this device keeps it.
  if (pending && seen === null && !pumping) request(pending, { keepalive: true }).catch(() => {});
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("online", pump);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && typing) save();
});
addEventListener("beforeunload", (event) => {
  if (!going && pending && pending.kept === false) event.preventDefault();
});

// A page opens -----------------------------------------------------------------------------------
if (root.dataset.stored === "no") {
  seen = Number(revision.value); // both stand on the page; this one's text is in the form
  last = null;
  capture();
} else if (root.dataset.stored === "refused") {
  last = null; // a field is too long: nothing of the form is on the server
  capture();
} else {
  const [entry, ...older] = leftBehind();
  for (const each of [entry, ...older].filter(Boolean)) {
    if (said(each.fields) === last) store(localStorage, each.key, null);
  }
  if (entry && said(entry.fields) !== last) {
    const isOwn = entry.after === last; // nothing came between: only the answer was missed
    fill(entry.fields);
    pending = { ...entry, revision: isOwn ? Number(revision.value) : entry.revision, key: undefined };
    pending.kept = store(localStorage, ownKey, JSON.stringify(pending));
    if (pending.kept) store(localStorage, entry.key, null);
    pump();
  }
}
