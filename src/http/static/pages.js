/* The customer file's table: count what is chosen, and keep the selection bar in step. */
const locale = document.documentElement.lang;

function money(minor, currency) {
  const shape = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = shape.resolvedOptions().maximumFractionDigits;
  return shape.format(minor / 10 ** digits).replaceAll("\u202f", "\u00a0").replace("-", "\u2212");
}

function count(form) {
  const bar = form.querySelector("[data-bar]");
  if (!bar) return;
  const boxes = [...form.querySelectorAll('input[name="item"]')];
  const chosen = boxes.filter((box) => box.checked);
  const sums = new Map();
  for (const box of chosen) {
    const { minor, currency } = box.dataset;
    sums.set(currency, (sums.get(currency) ?? 0) + Number(minor));
  }
  for (const box of boxes) box.closest("tr").setAttribute("aria-selected", String(box.checked));
  bar.classList.toggle("some", chosen.length > 0);
  bar.querySelector("[data-none]").hidden = chosen.length > 0;
  bar.querySelector("[data-some]").hidden = chosen.length === 0;
  bar.querySelector("[data-count]").textContent = chosen.length;
  bar.querySelector("[data-sum]").textContent = [...sums].map(([currency, minor]) => money(minor, currency)).join(", ");
  bar.querySelector("[data-release]").hidden = !chosen.some((box) => "held" in box.dataset);
  const every = form.querySelector("[data-all]");
  every.checked = boxes.length > 0 && chosen.length === boxes.length;
  every.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
}

/* a dialog whose form was refused shows itself again; accepted, it changes the page behind it */
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const refused = event.detail.requestConfig?.elt?.dataset?.refused;
  if (event.detail.xhr.status !== 422 || !refused) return;
  event.detail.target = document.querySelector(refused);
  event.detail.swapOverride = "innerHTML";
});

const counted = () => document.querySelectorAll("form[data-select]").forEach(count);

document.body.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-select]");
  if (!form) return;
  if ("all" in event.target.dataset) for (const box of form.querySelectorAll('input[name="item"]')) box.checked = event.target.checked;
  count(form);
});
document.body.addEventListener("htmx:afterSwap", counted);
addEventListener("pageshow", counted);
counted();
