/* Chips insert where one last wrote; a block gets its empty lines. Without this they show what to type. */
let last = document.querySelector("textarea[data-words]");

document.body.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-words]")) last = event.target;
});
document.body.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-insert]");
  if (!chip || !last) return;
  const alone = "alone" in chip.dataset;
  const field = alone ? document.querySelector("textarea[data-words]") : last;
  const [start, end] = [field.selectionStart, field.selectionEnd];
  field.setRangeText(alone ? standing(field.value, start, end, chip.dataset.insert) : chip.dataset.insert, start, end, "end");
  field.focus();
});

function standing(text, start, end, block) {
  const before = text.slice(0, start), after = text.slice(end);
  const above = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const below = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return above + block + below;
}
