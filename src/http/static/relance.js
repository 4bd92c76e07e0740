/* Keys, moving focus, dialogs and toasts. Everything here speeds up what links and forms do without it. */
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = (selector, from = document) => from.querySelector(selector);
const body = document.body;
const dialog = one("#dialog");
const wide = matchMedia("(min-width: 75.01rem)");

/* rows: one of them takes part in the tab order; moving opens its pane */
const rows = () => all(".row[data-pane]");
const current = () => one('.row[data-pane][tabindex="0"]');
let waiting;

function choose(row, focus = true) {
  for (const other of rows()) {
    other.tabIndex = other === row ? 0 : -1;
    other.setAttribute("aria-selected", String(other === row));
  }
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function open(row) {
  clearTimeout(waiting);
  const pane = one("#pane");
  if (!wide.matches || !pane) return;
  const shown = one(".ph", pane)?.dataset.row === row.id;
  pane.ariaBusy = String(!shown);
  if (!shown) waiting = setTimeout(() => htmx.ajax("GET", row.dataset.pane, { target: "#pane", swap: "innerHTML" }), 70);
}

/* a key pressed while the pane is on its way is meant for the new one, never for the one still shown */
let queued = "";

function act(key) {
  if (one("#pane")?.ariaBusy === "true") queued = key;
  else one(`[data-key="${CSS.escape(key)}"]`)?.click();
}

function arrived() {
  const pane = one("#pane");
  const row = current();
  if (row && one(".ph", pane)?.dataset.row !== row.id) return;
  pane.ariaBusy = "false";
  const key = queued;
  queued = "";
  if (key) act(key);
}

function move(step, select) {
  const list = rows();
  const from = list.indexOf(current());
  const next = list[Math.max(0, Math.min(from + step, list.length - 1))];
  if (!next) return;
  if (select && from >= 0) tick(list[from], true);
  choose(next);
  if (select) tick(next, true);
  open(next);
}

/* selection */
const box = (row) => one('input[name="id"]', row);

function tick(row, on) {
  const input = box(row);
  if (!input || input.disabled) return;
  input.checked = on ?? !input.checked;
  count();
}

function sums(chosen) {
  const totals = new Map();
  for (const row of chosen) {
    const { minor, digits, currency } = row.dataset;
    totals.set(currency, (totals.get(currency) ?? 0) + Number(minor) / 10 ** Number(digits));
  }
  return [...totals].map(([currency, value]) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency }).format(value).replaceAll("\u202f", "\u00a0"));
}

function count() {
  const bulk = one("#bulk");
  if (!bulk) return;
  const chosen = rows().filter((row) => box(row)?.checked);
  bulk.hidden = chosen.length === 0;
  for (const place of all("[data-count]", bulk)) place.textContent = chosen.length;
  const total = one("[data-sum]", bulk);
  if (total) total.textContent = sums(chosen).join(", ");
  const every = one("#every");
  if (every) {
    const able = rows().filter((row) => box(row) && !box(row).disabled).length;
    every.checked = able > 0 && chosen.length === able;
    every.indeterminate = chosen.length > 0 && chosen.length < able;
  }
}

/* toasts */
function toast({ text, undo, label, bad, reload }) {
  const made = document.createElement("div");
  made.className = bad ? "toast bad" : "toast";
  const words = made.appendChild(document.createElement("span"));
  words.textContent = text;
  if (undo || reload) {
    const button = made.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = label;
    if (undo) button.dataset.undo = undo;
    else button.dataset.reload = "";
  }
  one("#toasts").replaceChildren(made);
  setTimeout(() => made.remove(), undo || bad ? 20000 : 6000);
}

function undo(path) {
  one("#toasts").replaceChildren();
  htmx.ajax("POST", path, { target: one("#agenda") ?? body, swap: "none" });
}

/* dialogs */
function closeDialog() {
  if (dialog?.open) dialog.close();
}

/* the browser's own event only: a deed's "close" bubbles through here while htmx still needs the form in the page */
dialog?.addEventListener("close", (event) => event.isTrusted && one("#dialog-body").replaceChildren());

/* a refusal is told in the dialog, which keeps what was typed */
function refuse(form, text) {
  const told = one("[data-refused]", form) ?? document.createElement("p");
  told.className = "note red";
  told.dataset.refused = "";
  told.setAttribute("role", "alert");
  told.textContent = text;
  told.tabIndex = -1;
  form.prepend(told);
  told.focus();
}

/* the first thing to answer has the focus; on a phone a field would bring up the keyboard over the question */
function begin() {
  const first = one("[autofocus]", dialog) ?? one("input[type=radio]:checked", dialog) ?? one("textarea, input:not([type=hidden]), select", dialog);
  if (wide.matches) first?.focus();
}

body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "dialog-body") {
    if (!dialog.open) dialog.showModal();
    begin();
  }
  if (event.detail.target.id === "pane") setTimeout(arrived);
  count();
});
body.addEventListener("htmx:configRequest", (event) => {
  const row = current();
  const list = rows();
  const next = list[list.indexOf(row) + 1] ?? list[list.indexOf(row) - 1];
  if (event.detail.verb === "post" && next) event.detail.parameters.next = next.id.replace("row-", "");
});
body.addEventListener("toast", (event) => toast(event.detail));
body.addEventListener("close", closeDialog);
body.addEventListener("focus-row", (event) => {
  const row = document.getElementById(event.detail.value);
  if (row) choose(row);
});
body.addEventListener("htmx:responseError", (event) => {
  let problem = {};
  try { problem = JSON.parse(event.detail.xhr.responseText); } catch { /* not ours: the general words do */ }
  const form = event.detail.elt.closest("form[action]");
  if (event.detail.xhr.status === 401) return form ? HTMLFormElement.prototype.submit.call(form) : location.reload();
  if (form && dialog?.open && dialog.contains(form)) return refuse(form, problem.detail ?? body.dataset.failed);
  closeDialog();
  toast({ text: problem.detail ?? body.dataset.failed, bad: true, reload: problem.status === 409, label: body.dataset.again });
});
body.addEventListener("htmx:sendError", () => toast({ text: body.dataset.failed, bad: true }));

body.addEventListener("click", (event) => {
  const undoing = event.target.closest("[data-undo]");
  if (undoing) return undo(undoing.dataset.undo);
  if (event.target.closest("[data-reload]")) return location.reload();
  if (event.target.closest("[data-close]")) { event.preventDefault(); return closeDialog(); }
  const chip = event.target.closest(".opt[data-fill]");
  if (chip) { one(chip.dataset.into).value = chip.dataset.fill; return; }
  const row = event.target.closest(".row[data-pane]");
  if (!row || event.target.closest("input, button")) return;
  const link = event.target.closest("a");
  if (link && (!wide.matches || event.metaKey || event.ctrlKey || event.shiftKey)) return;
  if (!wide.matches) { location.assign(row.dataset.page); return; }
  event.preventDefault();
  choose(row);
  open(row);
});
body.addEventListener("change", (event) => {
  if (event.target.id === "every") for (const row of rows()) tick(row, event.target.checked);
  if (event.target.name === "id") count();
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});
/* a day typed beside the buttons is the one meant; a button pressed after it takes its place */
body.addEventListener("input", (event) => {
  if (event.target.name !== "other") return;
  const own = one('input[type=radio][value="other"]', event.target.form);
  if (own) own.checked = event.target.value !== "" || own.checked;
});
body.addEventListener("change", (event) => {
  const typed = event.target.type === "radio" && event.target.form?.elements.other;
  if (!typed || !one(`input[type=radio][name="${event.target.name}"][value="other"]`, event.target.form)) return;
  if (event.target.value === "other") typed.focus();
  else typed.value = "";
});
addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".drop") || !menu.open) return;
  for (const other of all(".drop[open]")) if (other !== menu) other.open = false;
  const at = one("summary", menu).getBoundingClientRect();
  const sheet = one("div", menu);
  sheet.setAttribute("data-placed", "");
  const left = Math.max(8, Math.min(at.left, innerWidth - sheet.offsetWidth - 8));
  sheet.animate([{ translate: `${left - sheet.getBoundingClientRect().left}px 0` }], { fill: "forwards", duration: 0 });
}, true);
body.addEventListener("click", (event) => {
  for (const menu of all(".drop[open]")) if (!menu.contains(event.target)) menu.open = false;
});

/* review: one message after the other, each left in or out */
const reviewed = () => all("[data-review-line]");

function look(step) {
  const lines = reviewed();
  const at = lines.findIndex((line) => line.getAttribute("aria-current"));
  const next = lines[at + step];
  if (!next) { one("[data-send]")?.focus(); return; }
  one("a", next).click();
}

body.addEventListener("click", (event) => {
  const line = event.target.closest("[data-review-line]");
  if (line && event.target.closest("a")) {
    for (const other of reviewed()) other.removeAttribute("aria-current");
    line.setAttribute("aria-current", "true");
    line.scrollIntoView({ block: "nearest" });
  }
  const leave = event.target.closest("[data-leave]");
  if (!leave && !event.target.closest("[data-next]")) return;
  const input = one('[data-review-line][aria-current] input[name="id"]');
  if (input && !input.disabled) input.checked = !leave;
  if (input) input.closest("li").toggleAttribute("data-seen", true);
  look(1);
});

/* keys */
const moves = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
/* a dialog that has just closed leaves the focus in its hidden field until the next frame: a key there is a key of the page */
const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") && target.checkVisibility();

function onRow(event) {
  const row = current();
  if (!row) return false;
  if (event.key === " " && !event.target.matches("button, input, a, summary")) { tick(row); return true; }
  if (event.key === "Enter" && event.target === row) {
    const review = one("#bulk:not([hidden]) [data-review]");
    if (review) review.click();
    else if (wide.matches) one("#pane .pf :is(a, button)")?.focus();
    else location.assign(row.dataset.page);
    return true;
  }
  return false;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of all(".drop[open]")) { menu.open = false; one("summary", menu).focus(); }
    return;
  }
  if (event.altKey || typing(event.target) || one("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { one("[data-send]")?.click(); return; }
  if (event.ctrlKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const single = body.dataset.keys === "on";
  if (key in moves && (single || key.startsWith("arrow")) && rows().length && !event.target.closest("details")) {
    event.preventDefault();
    move(moves[key], event.shiftKey);
  } else if (key in moves && reviewed().length && single) look(moves[key]);
  else if (onRow(event)) event.preventDefault();
  else if (!single) return;
  else if (key === "?") one("#sheet")?.showModal();
  else if (key === "u") one("#toasts [data-undo], [data-key='u']")?.click();
  else if (key === "/") { event.preventDefault(); one("[data-key='/']")?.focus(); }
  else act(key);
});

count();
