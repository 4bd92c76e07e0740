/* The command palette: Ctrl or Cmd and K opens it, arrows choose, Enter goes. What fits is found by the server. */
const dialog = document.querySelector("#palette");
const input = dialog?.querySelector("input");
const found = dialog?.querySelector("#palette-found");
const kept = dialog ? `recent ${dialog.dataset.who}` : "";
const mac = /mac|iphone|ipad/i.test(navigator.platform);
let waiting, asked;

function recent() {
  try { return JSON.parse(localStorage.getItem(kept)) ?? []; } catch { return []; }
}

/* the customer whose file is open: only its code is remembered, on this device */
function remember() {
  const code = document.querySelector("[data-recent]")?.dataset.recent;
  if (!code || !dialog) return;
  try { localStorage.setItem(kept, JSON.stringify([code, ...recent().filter((one) => one !== code)].slice(0, 6))); } catch { /* not kept */ }
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const query = new URLSearchParams({ q: input.value });
  if (!input.value) for (const code of recent()) query.append("recent", code);
  try {
    const answer = await fetch(`${dialog.dataset.path}?${query}`, { headers: { "hx-request": "true" }, signal: asked.signal });
    if (answer.redirected || answer.status === 401) return location.reload();
    if (!answer.ok) return;
    found.innerHTML = await answer.text();
    choose(0);
  } catch { /* another one is on its way, or the line is cut: what is shown stays */ }
}

const options = () => [...found.querySelectorAll("[role=option]")];

function choose(place) {
  const all = options();
  const next = all[(place + all.length) % all.length];
  for (const option of all) option.ariaSelected = String(option === next);
  if (next) input.setAttribute("aria-activedescendant", next.id);
  else input.removeAttribute("aria-activedescendant");
  next?.scrollIntoView({ block: "nearest" });
}

function open() {
  if (dialog.open) return;
  input.value = "";
  dialog.showModal();
  ask();
}

if (dialog) {
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  document.body.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 80); });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = options().findIndex((option) => option.ariaSelected === "true");
    if (step) { event.preventDefault(); choose(at + step); }
    else if (event.key === "Enter") { event.preventDefault(); options()[Math.max(at, 0)]?.click(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  if (mac) for (const key of document.querySelectorAll("[data-palette] kbd")) key.textContent = "⌘K";
  remember();
  document.body.addEventListener("htmx:afterSettle", remember);
}
