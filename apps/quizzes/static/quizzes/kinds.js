// What makes some kinds of items easier to answer; every one of them works without this.

// Ordering: rows move, and their numbers follow -------------------------------------------------
class Ordering {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector(".places");
    this.said = root.querySelector("[data-moved]");
    this.take = root.querySelector("[data-take-block]");
    for (const button of root.querySelectorAll("[data-move]")) button.hidden = false;
    root.addEventListener("click", (event) => this.pressed(event));
    root.addEventListener("change", (event) => this.chosen(event));
    root.addEventListener("pointerdown", (event) => this.hold(event));
    root.closest("form").addEventListener("quiz:filled", () => this.sort());
    this.refresh();
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")];
  }

  number(row) {
    return row.querySelector("select");
  }

  refresh() {
    const rows = this.rows;
    rows.forEach((row, index) => {
      // Not disabled: a button that is would lose the focus at the end of the way.
      row.querySelector('[data-move="-1"]').setAttribute("aria-disabled", String(index === 0));
      row.querySelector('[data-move="1"]').setAttribute("aria-disabled", String(index === rows.length - 1));
    });
    this.take.hidden = rows.some((row) => this.number(row).value !== "");
  }

  sort() {
    const place = (row) => Number(this.number(row).value) || Infinity;
    this.list.append(...this.rows.sort((one, other) => place(one) - place(other) || 0));
    this.refresh();
  }

  renumber() {
    this.rows.forEach((row, index) => (this.number(row).value = String(index + 1)));
    this.refresh();
    this.number(this.rows[0]).dispatchEvent(new Event("input", { bubbles: true }));
  }

  say(row) {
    const text = row.querySelector("[data-row-text]").textContent.trim();
    this.said.textContent = `${this.rows.indexOf(row) + 1}번째로 옮겼습니다: ${text}`;
  }

  moveTo(row, index) {
    const others = this.rows.filter((it) => it !== row);
    const focused = document.activeElement;
    others.splice(index, 0, row);
    this.list.append(...others);
    focused.focus({ preventScroll: true });
    this.renumber();
    this.say(row);
  }

  pressed(event) {
    if (event.target.closest("[data-take]")) {
      this.renumber();
      this.number(this.rows[0]).focus();
      return;
    }
    const button = event.target.closest("[data-move]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const row = button.closest("[data-row]");
    this.moveTo(row, this.rows.indexOf(row) + Number(button.dataset.move));
  }

  // A number chosen puts the row there; the others make room.
  chosen(event) {
    const row = event.target.closest("[data-row]");
    const place = Number(event.target.value);
    if (row && place) this.moveTo(row, place - 1);
    else this.refresh();
  }

  hold(event) {
    const row = event.target.closest("[data-grip]")?.closest("[data-row]");
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const grip = event.target;
    const before = this.rows.indexOf(row);
    grip.setPointerCapture(event.pointerId);
    row.classList.add("is-held");
    const move = (at) => this.drag(row, at.clientY);
    const end = () => {
      grip.removeEventListener("pointermove", move);
      row.classList.remove("is-held");
      if (this.rows.indexOf(row) === before) return;
      this.renumber();
      this.say(row);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", end, { once: true });
  }

  // The others step around the row that is held: moved itself, it would lose the pointer.
  drag(row, y) {
    const middle = (it) => {
      const box = it.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    while (row.previousElementSibling && y < middle(row.previousElementSibling)) {
      row.after(row.previousElementSibling);
    }
    while (row.nextElementSibling && y > middle(row.nextElementSibling)) {
      row.before(row.nextElementSibling);
    }
  }
}

for (const root of document.querySelectorAll("[data-ordering]")) new Ordering(root);

// Essays: how long it is ------------------------------------------------------------------------
for (const field of document.querySelectorAll("textarea[data-counted]")) {
  const most = Number(field.dataset.counted);
  const place = document.getElementById(field.getAttribute("aria-describedby"));
  const count = () => {
    const length = [...field.value.trim()].length;
    place.textContent = `${length} / ${most}자`;
    place.classList.toggle("is-over", length > most);
  };
  field.addEventListener("input", count);
  field.form?.addEventListener("quiz:filled", count);
  count();
}
