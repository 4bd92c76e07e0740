/* On a step in the list, the arrow keys move it by a day; without this script the buttons do. */
document.body.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
  const step = event.target.closest?.("[data-step]");
  if (!way || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = step.parentElement.querySelector(`button[value="${way}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
const current = document.querySelector('[data-step][aria-current="true"]');
if (current && !location.hash && new URLSearchParams(location.search).has("step")) current.focus();
