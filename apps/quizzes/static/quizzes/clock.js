// The time that is left: counted by a clock that nobody can set, told in words at few moments.
const clock = document.querySelector("[data-clock]");
const shown = clock.querySelector("[data-clock-left]");
const said = document.querySelector("[data-clock-said]");
const TOLD_MINUTES = [60, 30, 20, 10, 5, 1];
const SOON_SECONDS = 60;
const LAST_SAVE_MS = 3000;
const GRACE_MS = 1100; // the seconds that the server sent were rounded down

const total = Number(clock.dataset.secondsLeft);
// Where handing in late is allowed: how much of it is left until then. 0: it is late already.
const toDue = Number(clock.dataset.secondsDue ?? 0);
const started = { steady: performance.now(), wall: Date.now() };

// A machine that slept may not have counted: then the wall clock knows better, and the worst that a
// wall clock put forward can do is to ask the server early.
function secondsLeft() {
  const passed = Math.max(performance.now() - started.steady, Date.now() - started.wall);
  return Math.max(0, Math.ceil(total - passed / 1000));
}

function inDigits(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, ...rest] = parts.map((part) => String(part).padStart(2, "0"));
  return parts[0] ? [parts[0], ...rest].join(":") : rest.join(":");
}

let before = (toDue || total) + 1;
let isDue = toDue === 0;
let timer = 0;

function tick() {
  const whole = secondsLeft();
  if (!isDue && whole <= total - toDue) fallDue();
  const left = isDue ? whole : whole - (total - toDue);
  shown.textContent = inDigits(left);
  clock.toggleAttribute("data-soon", left <= SOON_SECONDS);
  const mark = TOLD_MINUTES.findLast((minutes) => left <= minutes * 60 && minutes * 60 < before);
  if (mark) said.textContent = `${mark}분 남았습니다.`;
  before = left;
  if (whole > 0) return;
  clearInterval(timer);
  finish();
}

// From now on handing in is late: the page says what that costs, and the end is another one.
function fallDue() {
  isDue = true;
  before = total - toDue + 1;
  const after = document.querySelector("[data-lateness-after]");
  document.querySelector("[data-lateness-before]").hidden = true;
  after.hidden = false;
  clock.querySelector("[data-clock-until-due]").hidden = true;
  clock.querySelector("[data-clock-due]").hidden = true;
  clock.querySelector("[data-clock-end]").hidden = false;
  said.textContent = after.textContent;
}

async function finish() {
  said.textContent = "시간이 끝났습니다. 저장된 답으로 제출합니다.";
  const saves = [];
  document.dispatchEvent(new CustomEvent("quiz:over", { detail: { before: saves } }));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  await Promise.all([pause(GRACE_MS), Promise.race([Promise.all(saves), pause(LAST_SAVE_MS)])]);
  await reach();
}

// Not into the browser's own error page: a server that is away is waited for.
async function reach() {
  try {
    await fetch(clock.dataset.attemptUrl, { method: "HEAD", redirect: "manual" });
    location.assign(clock.dataset.attemptUrl);
  } catch {
    setTimeout(reach, LAST_SAVE_MS);
  }
}

clock.querySelector("[role=timer]").hidden = false;
for (const words of clock.querySelectorAll("[data-clock-words]")) words.hidden = true;
timer = setInterval(tick, 1000);
tick();
