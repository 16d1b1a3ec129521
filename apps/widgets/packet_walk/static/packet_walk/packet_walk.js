// Stepping through the walk. The page is complete without this: it shows the end of the walk then.
const DWELL = 1300; // long enough to read a packet's label
const walks = new WeakMap();

class Walk {
  constructor(root) {
    this.root = root;
    this.widget = root.closest("[data-widget]");
    this.transport = root.querySelector(".pw-transport");
    this.parts = [...root.querySelectorAll("[data-step]")];
    this.jumps = [...root.querySelectorAll("[data-jump]")];
    this.packets = [...root.querySelectorAll("[data-packet]")];
    this.announcer = root.querySelector("[data-announce]");
    this.play_button = root.querySelector('[data-go="play"]');
    this.final = Number(this.transport.dataset.final);
    // Checkpoints the packet really comes to, the start before them.
    this.stops = [...root.querySelectorAll("[data-stop]")].map((it) => Number(it.dataset.step));
    this.at = this.final;
    this.timer = 0;
    this.rove();
  }

  // The bar is one stop of the tab key; its arrows move inside.
  rove() {
    const here = this.jumps.find((it) => Number(it.dataset.jump) === this.at) ?? this.jumps[0];
    for (const jump of this.jumps) jump.tabIndex = jump === here ? 0 : -1;
  }

  show(step, { announce = true } = {}) {
    this.at = step;
    // What lies behind the last checkpoint it came to stays ahead, also for those who look there.
    for (const part of this.parts) {
      const n = Number(part.dataset.step);
      const home = "end" in part.dataset && step >= this.final;
      const behind = n < step && n <= this.final;
      part.dataset.state = behind || home ? "past" : n === step ? "now" : "future";
    }
    for (const jump of this.jumps) {
      const n = Number(jump.dataset.jump);
      jump.dataset.state = n < step ? "past" : n === step ? "now" : "future";
      if (n === step) jump.setAttribute("aria-current", "step");
      else jump.removeAttribute("aria-current");
    }
    for (const packet of this.packets) {
      const svg = packet.closest("svg");
      const mark = svg.querySelector(`.pw-mark[data-step="${this.nearest()}"]`) ?? packet;
      packet.style.transform = `translate(${mark.dataset.x}px, ${mark.dataset.y}px)`;
    }
    this.rove();
    if (announce) {
      const caption = this.root.querySelector(`[data-caption][data-step="${step}"]`);
      this.announcer.textContent = caption?.textContent.replace(/\s+/g, " ").trim() ?? "";
    }
  }

  move(by) {
    this.stop();
    const index = this.stops.indexOf(this.nearest());
    this.show(this.stops[Math.min(Math.max(index + by, 0), this.stops.length - 1)]);
  }

  // The bar leads also to checkpoints that the packet never came to.
  nearest() {
    return this.stops.findLast((stop) => stop <= this.at) ?? 0;
  }

  jump(step) {
    this.stop();
    this.show(step);
  }

  play() {
    if (this.timer) {
      this.stop();
      return;
    }
    if (this.nearest() === this.stops.at(-1)) this.show(0, { announce: false });
    this.setPlaying(true);
    const next = () => {
      const index = this.stops.indexOf(this.nearest());
      if (index + 1 >= this.stops.length || !this.root.isConnected) {
        this.stop();
        return;
      }
      this.show(this.stops[index + 1]);
      this.timer = setTimeout(next, DWELL);
    };
    this.timer = setTimeout(next, 450);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.setPlaying(false);
  }

  setPlaying(on) {
    this.play_button.dataset.playing = on ? "yes" : "no";
    this.play_button.querySelector("[data-play-label]").textContent = on ? "멈춤" : "재생";
  }
}

function walkOf(element) {
  const root = element.closest?.("[data-packet-walk]");
  if (!root?.querySelector(".pw-transport")) return null;
  if (!walks.has(root)) walks.set(root, new Walk(root));
  return walks.get(root);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-go], [data-jump]");
  const walk = button && walkOf(button);
  if (!walk) return;
  if (button.dataset.jump) {
    event.preventDefault();
    walk.jump(Number(button.dataset.jump));
    return;
  }
  const acts = {
    first: () => walk.jump(0),
    previous: () => walk.move(-1),
    next: () => walk.move(1),
    play: () => walk.play(),
  };
  acts[button.dataset.go]();
});

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (!bar || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const walk = walkOf(bar);
  const acts = {
    ArrowLeft: () => walk.move(-1),
    ArrowRight: () => walk.move(1),
    Home: () => walk.jump(0),
    End: () => walk.jump(8),
  };
  if (!walk || !acts[event.code]) return;
  event.preventDefault();
  acts[event.code]();
  walk.jumps.find((it) => it.tabIndex === 0)?.focus();
});

function replay(root) {
  const walk = walkOf(root);
  if (!walk) return;
  walk.show(0, { announce: false });
  walk.play();
}

// On a phone the editor is as long as all the rest; there it opens when it is wanted.
function foldEditor(root) {
  const editor = root.querySelector(".pw-edit");
  if (editor && root.clientWidth < 600 && !editor.querySelector("[aria-invalid]")) {
    editor.open = false;
  }
}

const ready = new WeakSet();

function prepare(within) {
  for (const root of within.querySelectorAll("[data-packet-walk]")) {
    if (ready.has(root)) continue;
    ready.add(root);
    walkOf(root);
    if (!within.matches?.("[data-widget]")) foldEditor(root);
    if ("autoplay" in root.dataset) replay(root);
  }
}

prepare(document);
// Also after going back in history, when the whole page is put in place again.
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

document.addEventListener("widget:ready", (event) => {
  const root = event.target.querySelector("[data-packet-walk]");
  if (!root) return;
  if (event.detail.pressed === "add") {
    const list = event.detail.around.map((id) => document.getElementById(id)).find(Boolean);
    list?.closest("fieldset")?.querySelector("[data-blank]:last-of-type .pw-cell--ports input")?.focus();
  }
  if (event.detail.replay) {
    root.querySelector(".pw-scene")?.scrollIntoView({ block: "nearest" });
    root.querySelector('[data-go="play"]')?.focus({ preventScroll: true });
    replay(root);
  }
});
