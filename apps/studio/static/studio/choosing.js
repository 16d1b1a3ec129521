// The sentences of a lesson within the editor: chosen there, they fill the fields of the place.
const place = document.querySelector("[data-place]");
const opener = place.querySelector("[data-sentences]");
const panel = place.querySelector("[data-sentences-panel]");
const fields = Object.fromEntries(["lesson", "section", "quote", "erratum"].map((name) => [name, document.getElementById(`f-${name}`)]));
const SEARCH_MS = 400;

let waiting = 0;
let asked = 0;

function make(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const lessons = make("select", { className: "field", id: "pick-lesson" });
const search = make("input", { className: "field", id: "pick-search", type: "search" });
const found = make("div", {});
const take = make("button", { className: "button button--primary", type: "button", textContent: "이 문장으로 정하기" });
const close = make("button", { className: "button", type: "button", textContent: "닫기" });
const told = make("p", { className: "ed-help" });
told.setAttribute("role", "status");

function build() {
  for (const option of fields.lesson.options) {
    const text = option.value ? option.text : "레슨을 고르세요";
    lessons.append(new Option(text, option.value));
  }
  panel.append(
    make("div", { className: "ed-pair" },
      make("div", { className: "ed-field" }, make("label", { className: "ed-label", htmlFor: lessons.id, textContent: "레슨" }), lessons),
      make("div", { className: "ed-field" }, make("label", { className: "ed-label", htmlFor: search.id, textContent: "문장 찾기" }), search),
    ),
    found,
    told,
    make("p", { className: "ed-ways" }, take, close),
  );
}

async function load() {
  clearTimeout(waiting);
  const number = (asked += 1);
  const address = opener.dataset.sentences.replace("/-/", `/${lessons.value || "-"}/`);
  try {
    const response = await fetch(`${address}?${new URLSearchParams({ q: search.value })}`, {
      headers: { "HX-Request": "true" },
      redirect: "manual",
    });
    if (!response.ok) throw new Error(String(response.status));
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    if (number !== asked) return; // a later question has been asked meanwhile
    found.replaceChildren(...parsed.body.childNodes);
    told.textContent = "";
  } catch {
    if (number === asked) told.textContent = "문장을 불러오지 못했습니다. 연결을 확인하고 다시 찾아 주세요.";
  }
}

function open() {
  if (!panel.childElementCount) build();
  panel.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  lessons.value = fields.lesson.value;
  load();
  lessons.focus();
}

function shut() {
  panel.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
}

function choose() {
  const chosen = found.querySelector("input[name=sentence]:checked");
  if (!chosen) {
    told.textContent = "문장 하나를 골라 주세요.";
    return;
  }
  fields.lesson.value = lessons.value;
  for (const name of ["section", "quote", "erratum"]) fields[name].value = chosen.dataset[name];
  place.querySelector("[data-quote]").hidden = false;
  place.querySelector("[data-quote-lesson]").textContent = lessons.selectedOptions[0].text;
  place.querySelector("[data-quote-text]").textContent = chosen.dataset.quote;
  for (const field of Object.values(fields)) {
    field.removeAttribute("aria-invalid");
    document.getElementById(`${field.id}-said`)?.remove();
  }
  fields.quote.dispatchEvent(new Event("input", { bubbles: true }));
  shut();
}

opener.setAttribute("aria-expanded", "false");
opener.addEventListener("click", (event) => {
  event.preventDefault();
  if (panel.hidden) open();
  else shut();
});
lessons.addEventListener("change", load);
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(load, SEARCH_MS);
});
take.addEventListener("click", choose);
close.addEventListener("click", shut);
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") shut();
  if (event.key !== "Enter" || event.target.matches("button")) return;
  event.preventDefault(); // it would send the form around
  if (event.target === search) load();
  else if (event.target.name === "sentence") choose();
});
