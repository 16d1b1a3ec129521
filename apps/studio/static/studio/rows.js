// A list of rows in the editor's form. Rows stay where they are; what stands in them moves, so that
// names, ids and labels never have to be made anew.
export class Rows {
  constructor(root) {
    this.root = root;
    this.name = root.dataset.rows;
    this.most = Number(root.dataset.most);
    this.list = root.querySelector("[data-list]");
    this.blank = root.querySelector("template[data-blank]");
    this.add = root.querySelector("[data-add]");
    this.told = document.createElement("p");
    this.told.className = "visually-hidden";
    this.told.setAttribute("aria-live", "polite");
    root.append(this.told);
    root.addEventListener("click", (event) => this.pressed(event));
    if (this.name === "categories") root.addEventListener("input", () => this.offer());
    this.refresh();
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")];
  }

  // So many rows that there is one with this number.
  reach(number) {
    while (this.rows.length <= number && this.rows.length < 60) this.append();
  }

  append() {
    const number = this.rows.length;
    const row = this.blank.content.cloneNode(true);
    const counted = (text) => text.replaceAll("__nth__", String(number + 1)).replaceAll("__n__", String(number));
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of element.attributes) attribute.value = counted(attribute.value);
    }
    const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = counted(texts.currentNode.data);
    this.list.append(row);
    this.refresh();
    return this.rows.at(-1);
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const index = this.rows.indexOf(button.closest("[data-row]"));
    if (button === this.add) {
      event.preventDefault();
      if (this.rows.length < this.most) this.first(this.append()).focus();
    } else if (button.dataset.move) {
      event.preventDefault();
      this.move(index, index + Number(button.dataset.move), button);
    } else if ("remove" in button.dataset) {
      event.preventDefault();
      this.remove(index);
    }
  }

  move(from, to, button) {
    if (to < 0 || to >= this.rows.length) return;
    const values = this.rows.map((row) => this.read(row));
    [values[from], values[to]] = [values[to], values[from]];
    this.write(values);
    this.rows[to].querySelector(`[data-move="${button.dataset.move}"]`).focus();
    this.told.textContent = `${to + 1}번째로 옮겼습니다.`;
  }

  remove(index) {
    const values = this.rows.map((row) => this.read(row));
    values.splice(index, 1);
    if (this.rows.length > 2) this.rows.at(-1).remove();
    else values.push({});
    this.write(values);
    this.first(this.rows[Math.min(index, this.rows.length - 1)]).focus();
    this.told.textContent = `${index + 1}번째를 지웠습니다.`;
  }

  first(row) {
    return row.querySelector("textarea, input:not([type=hidden])");
  }

  // By the end of the name: `.text`, `.right`; "" for a list of plain texts.
  ending(control) {
    return control.name === "choice.right" ? ".right" : control.name.replace(/^[a-z_]+\[\d+\]/, "");
  }

  controls(row) {
    return [...row.querySelectorAll("input, textarea, select")].filter((it) => it.name);
  }

  read(row) {
    const values = {};
    for (const control of this.controls(row)) {
      const switches = control.type === "radio" || control.type === "checkbox";
      values[this.ending(control)] = switches ? control.checked : control.value;
    }
    return values;
  }

  write(values) {
    this.rows.forEach((row, index) => {
      const wanted = values[index] ?? {};
      for (const control of this.controls(row)) {
        if (control.type === "hidden") control.remove();
        else if (control.type === "radio" || control.type === "checkbox") control.checked = false;
        else control.value = wanted[this.ending(control)] ?? "";
      }
      if (wanted[".id"]) {
        const kept = Object.assign(document.createElement("input"), { type: "hidden", value: wanted[".id"] });
        kept.name = `${this.name}[${index}].id`;
        row.append(kept);
      }
    });
    // After all others, as one radio button switches off another.
    this.rows.forEach((row, index) => {
      const right = this.controls(row).find((it) => this.ending(it) === ".right");
      if (right && values[index]?.[".right"]) right.checked = true;
    });
    this.forget();
    this.refresh();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What was said about a row would stand at another one now.
  forget() {
    for (const said of this.list.querySelectorAll(".said")) said.remove();
    for (const control of this.list.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }

  refresh() {
    const rows = this.rows;
    rows.forEach((row, index) => {
      // Not disabled: a button that is would lose the focus at the end of the way.
      row.querySelector('[data-move="-1"]').setAttribute("aria-disabled", String(index === 0));
      row.querySelector('[data-move="1"]').setAttribute("aria-disabled", String(index === rows.length - 1));
    });
    this.add.parentElement.hidden = rows.length >= this.most;
  }

  // The rows of a sorting choose among the categories as they stand now.
  offer() {
    const texts = this.rows.map((row) => this.first(row).value.trim()).filter(Boolean);
    document
      .getElementById("ed-categories")
      ?.replaceChildren(...texts.map((value) => Object.assign(document.createElement("option"), { value })));
  }
}
