/* What was typed in a form comes back, once, after a link in it led away to mend what was wrong elsewhere. */
const place = (form) => `typed ${form.getAttribute("action")}`;
const named = (form) => [...form.elements].filter((field) => field.name && !["hidden", "file", "password"].includes(field.type));
const ticked = (field) => ["checkbox", "radio"].includes(field.type);

function keep(form) {
  const fields = named(form).filter((field) => !ticked(field) || field.checked);
  try { sessionStorage.setItem(place(form), JSON.stringify(fields.map(({ name, value }) => [name, value]))); } catch { /* not kept */ }
}

function bring(form) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(place(form)));
    sessionStorage.removeItem(place(form));
  } catch { /* nothing is kept */ }
  if (!kept) return;
  for (const field of named(form)) {
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (ticked(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("a[data-mend]")?.closest("form");
  if (form) keep(form);
});
const bringAll = (root) => root.querySelectorAll("form.specific").forEach(bring);
document.addEventListener("htmx:afterSwap", (event) => bringAll(event.detail.target));
bringAll(document);
