// What helps to write Markdown: a row of buttons above a text, and pictures that go in by
// themselves. Everything can be typed instead.
const MARKS = [
  ["굵게", "B", "**", "**", "굵은 글", "b"],
  ["기울임", "I", "*", "*", "기울인 글", "i"],
  ["코드", "</>", "`", "`", "코드", ""],
];
const TABLE = "| 항목 | 설명 |\n| --- | --- |\n| 가 | 나 |";

// As typing does it, so that undoing takes it back; browsers without that get the text alone.
function replace(area, start, end, text, from, to) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + from, start + to);
}

function wrap(area, before, after, fallback) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inside = value.slice(start, end);
  const isOn = value.slice(start - before.length, start) === before && value.slice(end, end + after.length) === after;
  if (inside && isOn) {
    replace(area, start - before.length, end + after.length, inside, 0, inside.length);
    return;
  }
  const text = inside || fallback;
  replace(area, start, end, before + text + after, before.length, before.length + text.length);
}

function list(area) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", area.selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const isOn = lines.every((line) => line.startsWith("- "));
  const text = lines.map((line) => (isOn ? line.slice(2) : `- ${line}`)).join("\n");
  replace(area, start, end, text, text.length, text.length);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const text = value.slice(start, end) || "링크 글";
  const whole = `[${text}](주소)`;
  replace(area, start, end, whole, text.length + 3, whole.length - 1);
}

function block(area, text) {
  const { value } = area;
  // Where nobody has put the cursor yet it stands at the beginning, where nobody wants it.
  const at = visited.has(area) ? area.selectionEnd : value.length;
  const before = value.slice(0, at);
  const space = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  replace(area, at, at, `${space}${text}\n`, space.length, space.length + text.length);
}

const visited = new WeakSet();

function picture(area) {
  const into = document.getElementById("f-picture-into");
  into.value = area.name;
  document.getElementById("f-picture").focus();
}

function build(area) {
  const bar = document.createElement("div");
  bar.className = "ed-toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-controls", area.id);
  bar.setAttribute("aria-label", `${area.labels[0].firstChild.textContent.trim()} 서식`);
  const actions = [
    ...MARKS.map(([name, shown, before, after, fallback]) => [name, shown, () => wrap(area, before, after, fallback)]),
    ["목록", "목록", () => list(area)],
    ["링크", "링크", () => link(area)],
    ["표", "표", () => block(area, TABLE)],
    ["그림", "그림", () => picture(area)],
  ];
  actions.forEach(([name, shown, act], index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = shown;
    if (name !== shown) {
      button.setAttribute("aria-label", name);
      button.title = name;
    }
    button.tabIndex = index === 0 ? 0 : -1;
    button.addEventListener("click", act);
    bar.append(button);
  });
  bar.addEventListener("keydown", (event) => rove(bar, event));
  area.before(bar);
  area.addEventListener("focus", () => visited.add(area));
  area.addEventListener("keydown", (event) => {
    const mark = MARKS.find((it) => it[5] && it[5] === event.key.toLowerCase());
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    wrap(area, mark[2], mark[3], mark[4]);
  });
}

// One stop of the Tab key for the whole bar; arrows go on from there.
function rove(bar, event) {
  const buttons = [...bar.children];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

for (const area of document.querySelectorAll("textarea.field--markdown")) build(area);

// Pictures ---------------------------------------------------------------------------------------
const form = document.getElementById("editor");
const upload = form.querySelector("[data-upload]");

function sayAt(field, text) {
  const place = form.querySelector(`[data-picture-said="${field}"]`);
  place.textContent = text;
  place.hidden = text === "";
  const control = form.elements[field === "alt" ? "picture_alt" : "picture"];
  const ids = control.getAttribute("aria-describedby").split(" ").filter((id) => id !== place.id);
  control.setAttribute("aria-describedby", (text ? [...ids, place.id] : ids).join(" "));
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  return control;
}

upload.addEventListener("click", async (event) => {
  event.preventDefault();
  sayAt("alt", "");
  sayAt("file", "");
  const { picture: file, picture_alt: alt, picture_into: into, csrfmiddlewaretoken: token } = form.elements;
  const body = new FormData();
  if (file.files[0]) body.append("picture", file.files[0]);
  body.append("picture_alt", alt.value);
  let answer = null;
  try {
    const response = await fetch(upload.dataset.upload, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token.value },
      redirect: "manual",
      body,
    });
    if (response.status === 413) answer = { message: "파일이 너무 큽니다. 4MB까지 올릴 수 있습니다.", field: "file" };
    else answer = response.ok || response.status === 422 ? await response.json() : null;
  } catch {
    answer = null;
  }
  if (answer?.markdown) {
    block(form.elements[into.value], answer.markdown);
    file.value = "";
    alt.value = "";
  } else {
    const told = answer ?? { message: "올리지 못했습니다. 연결과 로그인을 확인하고 다시 눌러 주세요.", field: "file" };
    sayAt(told.field, told.message).focus();
  }
});
