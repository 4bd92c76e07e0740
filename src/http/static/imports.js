/* The imports pages: a file is dropped or rows are pasted, and a run tells how far it is. All of it works without. */
const form = document.querySelector("[data-drop]");
const typing = (target) => target.matches("input, textarea, select");

if (form) {
  const zone = form.querySelector(".dropzone");
  const input = zone.querySelector("input");
  const over = (on) => zone.classList.toggle("over", on);
  const send = () => { zone.classList.add("busy"); form.requestSubmit(); };

  for (const kind of ["dragenter", "dragover"]) addEventListener(kind, (event) => { event.preventDefault(); over(true); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
  input.addEventListener("change", () => { if (input.files.length) send(); });
  addEventListener("pageshow", () => zone.classList.remove("busy"));
  addEventListener("paste", (event) => {
    if (typing(event.target)) return;
    if (event.clipboardData.files.length) { input.files = event.clipboardData.files; send(); return; }
    const text = event.clipboardData.getData("text/plain");
    if (!text.includes("\n")) return;
    const box = form.querySelector("textarea");
    box.closest("details").open = true;
    box.value = text;
    form.querySelector("button").focus();
  });
}

/* a link to the way the file is read, or to its columns, opens them */
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href="#read-as"], a[href="#columns"]');
  if (!link) return;
  const box = document.querySelector(link.getAttribute("href"));
  event.preventDefault();
  box.open = true;
  box.scrollIntoView({ block: "nearest" });
  box.querySelector("select").focus();
});

/* what was changed since the check must be checked again before it can be imported */
document.querySelector(".wizard")?.addEventListener("change", (event) => {
  if (["typed", "override_reason"].includes(event.target.name)) return;
  const send = document.querySelector(".wizard [data-send]");
  if (!send) return;
  send.remove();
  document.querySelector(".wizard [value=check][data-key]").classList.add("pri");
});

/* the next thing to do has the focus, and the page stays at its top */
document.querySelector("[data-focus]")?.focus({ preventScroll: true });

/* another field for a column is the person's own choice from then on */
document.addEventListener("change", (event) => {
  const row = event.target.closest(".mapping tr");
  if (!row || event.target.tagName !== "SELECT") return;
  row.classList.toggle("out", !event.target.value);
  const sure = row.querySelector(".howsure");
  sure.textContent = event.target.value ? sure.dataset.yours : "";
});

const progress = document.querySelector("[data-events]");

if (progress) {
  const events = new EventSource(progress.dataset.events);
  events.addEventListener("progress", (event) => { progress.innerHTML = event.data; });
  events.addEventListener("end", (event) => { events.close(); location.replace(event.data); });
}

/* while something runs, the list is asked again */
async function again() {
  const answer = await fetch(location.href).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const table = document.querySelector(".history");
  const fresh = page?.querySelector(".history");
  if (fresh && !table.contains(document.activeElement)) table.replaceWith(fresh);
  if (document.querySelector(".history [data-running]")) setTimeout(again, 3000);
}
if (document.querySelector(".history [data-running]")) setTimeout(again, 3000);
