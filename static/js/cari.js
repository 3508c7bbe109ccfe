"use strict";
// "/" goes to the search box of the workroom. The mark beside the box turns the key off and on.
(() => {
  const box = document.getElementById("cari");
  const form = box && box.closest("form");
  if (!form) return;
  const KEY = "tanpa-pintasan";
  const read = () => {
    try {
      return localStorage.getItem(KEY) !== "1";
    } catch {
      return true;
    }
  };
  let on = read();
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = "pintasan";
  mark.textContent = "/";
  const tell = () => {
    mark.setAttribute("aria-pressed", String(on));
    mark.setAttribute("aria-label", form.dataset.pintasan);
    mark.title = form.dataset.pintasan;
  };
  mark.addEventListener("click", () => {
    on = !on;
    try {
      localStorage.setItem(KEY, on ? "0" : "1");
    } catch {
      // Without storage the choice holds for this page.
    }
    tell();
  });
  tell();
  form.append(mark);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!on || event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
