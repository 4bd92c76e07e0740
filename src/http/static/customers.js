/* Choosing customers: the bar counts what is ticked; and unknown codes are copied. Forms do all this without it. */
const picked = (form) => [...form.querySelectorAll('input[name="code"]')];

function count(form) {
  const boxes = picked(form);
  const chosen = boxes.filter((box) => box.checked).length;
  for (const part of form.querySelectorAll("[data-some]")) part.hidden = chosen === 0;
  for (const part of form.querySelectorAll("[data-none]")) part.hidden = chosen > 0;
  for (const place of form.querySelectorAll("[data-count]")) place.textContent = chosen;
  const page = form.querySelector("[data-page]");
  if (!page) return;
  page.checked = chosen > 0 && chosen === boxes.length;
  page.indeterminate = chosen > 0 && chosen < boxes.length;
}

const counted = () => document.querySelectorAll("form[data-pick]").forEach(count);

document.body.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-pick]");
  if (!form) return;
  if ("page" in event.target.dataset) for (const box of picked(form)) box.checked = event.target.checked;
  count(form);
});
document.body.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const from = document.querySelector(button.dataset.copy);
  from.select();
  try { await navigator.clipboard.writeText(from.value); } catch { document.execCommand("copy"); }
  button.lastChild.textContent = button.dataset.done;
});

function arrived() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  counted();
}

document.body.addEventListener("htmx:afterSwap", arrived);
addEventListener("pageshow", arrived);
arrived();
