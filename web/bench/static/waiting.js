// Says that a page is being read; follows a build to its end.
for (const form of document.querySelectorAll("form[data-waits]")) {
  form.addEventListener("submit", () => {
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.append(form.dataset.waits, document.createElement("progress"));
    told.lastChild.setAttribute("aria-label", form.dataset.waits);
    form.append(told);
    setTimeout(() => (form.querySelector("button").disabled = true)); // what it says is sent first
  });
}

// A file that is chosen, or dropped anywhere on the page, is read at once.
const chosen = document.getElementById("fichier");
chosen?.addEventListener("change", () => chosen.files.length && chosen.form.requestSubmit());
if (chosen) {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    if (event.target === chosen || !event.dataTransfer.files.length) return;
    event.preventDefault();
    chosen.files = event.dataTransfer.files;
    chosen.form.requestSubmit();
  });
}

const building = document.querySelector("[data-state]");
async function follow() {
  const { running, step, done, total } = await (await fetch(building.dataset.state)).json();
  if (!running) return location.replace(location.pathname);
  building.querySelector("label").textContent = step;
  const bar = building.querySelector("progress");
  if (total) Object.assign(bar, { max: total, value: done });
  setTimeout(follow, 300);
}
if (building) follow();
