// Where the reader is: remembered on the server, offered again on the next visit.
const text = document.querySelector("[data-lesson-text]");
const region = document.querySelector("[data-lesson-progress]");
const resume = document.querySelector("[data-resume]");
const SETTLE_MS = 4000; // someone scrolling through is not yet reading
const FIRST_WORTHWHILE_BLOCK = 2;

// The author's blocks, counted without what is embedded between them.
const blocks = [...text.querySelectorAll(":scope > .prose > *")];

function topBlock() {
  // The header is sticky: what lies under it is not being read.
  const line = document.querySelector(".site-header").getBoundingClientRect().bottom + 24;
  const index = blocks.findIndex((block) => block.getBoundingClientRect().bottom > line);
  return index === -1 ? blocks.length - 1 : index;
}

function headingAbove(index) {
  for (let i = index; i >= 0; i--) {
    if (/^H[2-4]$/.test(blocks[i].tagName)) return blocks[i].id;
  }
  return "";
}

let sent = null;
function send() {
  const block = topBlock();
  const token = region.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!token || block === sent || (sent === null && block < FIRST_WORTHWHILE_BLOCK)) return;
  sent = block;
  fetch(region.dataset.positionUrl, {
    method: "POST",
    keepalive: true, // it may be the last thing this page does
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ block, heading: headingAbove(block) }),
  }).catch(() => {
    sent = null; // the server is away; the next scroll tries again
  });
}

let timer = 0;
addEventListener(
  "scroll",
  () => {
    clearTimeout(timer);
    timer = setTimeout(send, SETTLE_MS);
  },
  { passive: true },
);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && timer) send();
});

function offerResume() {
  const from = region.querySelector("[data-resume-from]");
  if (!from || location.hash || scrollY > 200) return;
  const block = Number(from.dataset.block);
  const target = blocks[Math.min(block, blocks.length - 1)];
  if (!target || block < FIRST_WORTHWHILE_BLOCK) return;
  if (from.dataset.heading) {
    resume.querySelector("[data-resume-text]").textContent = `읽던 곳으로: ${from.dataset.heading}`;
  }
  resume.hidden = false;
  const close = () => (resume.hidden = true);
  resume.querySelector("[data-resume-go]").addEventListener("click", () => {
    target.scrollIntoView({ block: "start" });
    close();
  });
  resume.querySelector("[data-resume-close]").addEventListener("click", close);
}

function sayFailure(sentence) {
  const place = region.querySelector("[data-failure]");
  if (place) place.textContent = sentence;
}

region.addEventListener("htmx:beforeRequest", () => sayFailure(""));
region.addEventListener("htmx:sendError", () =>
  sayFailure("서버에 닿지 않아 저장하지 못했습니다. 연결을 확인하고 다시 눌러 주세요."),
);
region.addEventListener("htmx:responseError", (event) =>
  sayFailure(
    event.detail.xhr.status === 403
      ? "보낸 곳을 확인하지 못했습니다. 페이지를 새로 고친 뒤 다시 눌러 주세요."
      : "서버에서 문제가 생겨 저장하지 못했습니다. 잠시 뒤 다시 눌러 주세요.",
  ),
);

region.addEventListener("htmx:afterSettle", offerResume, { once: true });
