/* Filters the rows of a table while one types, and remembers which sections were opened or closed. Both stand
   in the address, so that a link keeps them. */
"use strict";
(() => {
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s“”"'‘’《》「」]/g, "");
  const state = new URLSearchParams(location.hash.startsWith("#~") ? location.hash.slice(2) : "");

  function keep() {
    const hash = state.toString();
    history.replaceState(null, "", hash ? `#~${hash}` : "#");
  }

  function apply(input) {
    const table = document.getElementById(input.dataset.filter);
    const words = input.value.split(/\s+/).map(fold).filter(Boolean);
    let count = 0;
    for (const row of table ? table.tBodies[0].rows : []) {
      row.folded ??= fold(row.textContent);
      const more = row.dataset.more || "";
      const fits = words.every((word) => row.folded.includes(word) || (/^[\x21-\x7e]+$/.test(word) && more.includes(word)));
      row.hidden = !fits;
      count += fits;
    }
    const said = document.querySelector(`[data-filtered="${input.dataset.filter}"]`);
    if (said) said.textContent = words.length ? input.dataset.said.replace("{n}", count) : "";
  }

  for (const input of document.querySelectorAll("[data-filter]")) {
    const key = input.dataset.filter;
    if (state.has(key)) input.value = state.get(key);
    if (input.value) apply(input);
    input.addEventListener("input", () => {
      apply(input);
      if (input.value) state.set(key, input.value);
      else state.delete(key);
      keep();
    });
    input.form?.addEventListener("submit", (event) => { if (!input.form.hasAttribute("action")) event.preventDefault(); });
  }

  for (const details of document.querySelectorAll(".data[id] > details, details[id]")) {
    const key = `open-${details.id || details.parentElement.id}`;
    const usual = details.open;
    if (state.has(key)) details.open = state.get(key) === "1";
    details.querySelector(":scope > summary").addEventListener("click", () => {
      const open = !details.open;
      if (open === usual) state.delete(key);
      else state.set(key, open ? "1" : "0");
      keep();
    });
  }
  /* The page in the other language opens at the same place, with the same filters. */
  document.querySelector("a.language")?.addEventListener("click", (event) => { event.currentTarget.hash = location.hash; });

  /* The editor runs what it holds by Ctrl+Enter. */
  document.getElementById("query")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  });

  /* A section that a link leads to stands open. */
  function reveal() {
    const place = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const details = place && place.querySelector(":scope > details");
    if (details) details.open = true;
  }
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("beforeprint", () => { for (const d of document.querySelectorAll(".match details")) d.open = true; });
})();
