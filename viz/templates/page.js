"use strict";
/* The page around the picture: language, search, filters, the panel of evidence and the table.
   Texts enter the page through textContent alone. */
(function () {
  const graph = JSON.parse(document.getElementById("graph").textContent);
  const details = JSON.parse(document.getElementById("details").textContent);
  const info = details.nodes;
  const labels = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const filters = ["action", "place"].map($).filter(Boolean);
  const tableRows = [...document.querySelectorAll("tbody tr")].map((row) => ({ row, nodes: JSON.parse(row.dataset.nodes) }));
  const haystacks = new Map(graph.nodes.map((node) => [node.id, haystack(node)]));
  const own = new Map(graph.nodes.map((node) => [node.id, ownWords(node)]));
  const home = root.lang;
  let ready = false; /* the state of the address has been taken over */
  const picture = gangmu.Picture(graph, details, { select: choose });
  const SHEET = 820; /* as in page.css: at most this wide, the panel is a sheet at the bottom */
  let selected = null;
  let visible = [];

  for (const glyph of document.querySelectorAll(".glyph")) {
    glyph.firstElementChild.setAttribute("d", gangmu.GLYPHS[glyph.classList[1]]);
  }

  /* ---- words ---- */

  function said(label) {
    return label[root.lang === "en" ? 1 : 0];
  }

  function word(key, values) {
    return said(details.words[key]).replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? values[name] : all));
  }

  function setLanguage(lang) {
    root.lang = lang;
    for (const element of document.querySelectorAll("[data-zh]:not(td)")) {
      const text = lang === "en" ? element.dataset.en : element.dataset.zh;
      if (element.tagName === "INPUT") element.placeholder = text;
      else if (element.tagName === "OPTION") element.textContent = text;
      else element.setAttribute("aria-label", text);
    }
    $("panel").setAttribute("aria-label", word("panel"));
    picture.setLanguage(lang);
    tell();
    fillPanel();
    keepState();
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* ---- filters and search ---- */

  function matches(id) {
    const node = info[id];
    const [action, place] = ["action", "place"].map((name) => ($(name) ? $(name).value : ""));
    return (!action || node.actions.includes(action)) && (!place || !node.places.length || node.places.includes(place));
  }

  /* Whether alternatives are shown. */
  function spares() {
    return Boolean($("spares") && $("spares").checked);
  }

  function wanted() {
    return $("search").value.trim().toLowerCase();
  }

  /* Whether a row of the table holds what is searched for, or speaks of a box that does. */
  function found(row, nodes) {
    return row.textContent.toLowerCase().includes(wanted()) || nodes.some((id) => own.get(id) && own.get(id).includes(wanted()));
  }

  function filter() {
    const fitting = details.order.filter(matches);
    let chosen = fitting;
    if (fitting.length > details.limit) {
      const rank = new Map(fitting.map((id, i) => [id, info[id].rank * 1e6 + i]));
      const kept = new Set([...fitting].sort((a, b) => rank.get(a) - rank.get(b)).slice(0, details.limit));
      chosen = fitting.filter((id) => kept.has(id));
    }
    visible = chosen;
    picture.show(chosen, spares());
    const seen = new Set(fitting);
    const filtered = filters.some((select) => select.value);
    for (const { row, nodes } of tableRows) {
      row.hidden = (!spares() && "spare" in row.dataset) || (filtered && nodes.length > 0 && !nodes.every((id) => seen.has(id)))
        || (wanted() !== "" && !found(row, nodes));
    }
    $("reset").hidden = !filtered && !$("search").value;
    if (selected && !visible.includes(selected)) choose(null);
    tell();
    keepState();
  }

  /* What is chosen and filtered stands in the address, so that it can be passed on. */
  function address(id) {
    const parts = id ? [encodeURIComponent(id)] : [];
    const state = { lang: root.lang === home ? "" : root.lang, q: $("search").value.trim(), spares: spares() ? "1" : "" };
    for (const select of filters) state[select.id] = select.value;
    for (const key of Object.keys(state)) if (state[key]) parts.push(key + "=" + encodeURIComponent(state[key]));
    return parts.length ? "#" + parts.join("&") : "";
  }

  function keepState() {
    const hash = address(selected);
    if (ready && location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
  }

  function tell() {
    const fitting = details.order.filter(matches);
    const drawn = new Set(visible);
    const missing = fitting.filter((id) => !drawn.has(id));
    $("count").textContent = fitting.length ? word("shown", { shown: visible.length, all: details.order.length }) : word(details.order.length ? "nothing" : "empty");
    const counts = new Map();
    for (const id of missing) counts.set(info[id].kind, (counts.get(info[id].kind) || 0) + 1);
    const kinds = [...counts].map(([kind, n]) => said(details.kinds[kind]) + " " + n).join(root.lang === "en" ? ", " : "、");
    $("left-out").hidden = !missing.length;
    $("left-out").textContent = missing.length ? word("left-out", { limit: details.limit, n: missing.length, kinds }) : "";
    const rows = tableRows.filter(({ row }) => !row.hidden).length;
    $("rows").textContent = word("rows", { shown: rows, all: tableRows.length });
  }

  /* What a box says itself, without what it tells of others. */
  function ownWords(node) {
    const parts = [node.label];
    for (const fact of info[node.id].facts) if (fact.evidence && !fact.node) parts.push(fact.evidence.quote);
    return parts.join("\n").toLowerCase();
  }

  function haystack(node) {
    const parts = [node.label, info[node.id].notation];
    for (const fact of info[node.id].facts) parts.push(fact.text, fact.detail, fact.evidence ? fact.evidence.quote : "");
    return parts.join("\n").toLowerCase();
  }

  function search() {
    const list = $("found");
    filter();
    list.replaceChildren();
    list.hidden = true;
    if (!wanted()) return;
    const hits = details.order.filter((id) => haystacks.get(id).includes(wanted()));
    const named = (id) => labels.get(id).toLowerCase().includes(wanted());
    hits.sort((a, b) => named(b) - named(a));
    $("count").textContent = hits.length ? word("matches", { n: hits.length }) : word("not-found");
    for (const id of hits.slice(0, 50)) {
      const button = make("button");
      button.type = "button";
      button.append(make("small", "", said(details.kinds[info[id].kind])), make("span", "", title(id)));
      button.addEventListener("click", () => { list.hidden = true; choose(id); });
      const entry = make("li");
      entry.append(button);
      list.append(entry);
    }
    list.hidden = !hits.length;
  }

  function title(id) {
    return (info[id].notation ? info[id].notation + " " : "") + labels.get(id);
  }

  /* ---- the panel ---- */

  function choose(id, fromPicture) {
    const known = id !== null && id in info ? id : null;
    if (known && !visible.includes(known)) {
      for (const select of filters) select.value = "";
      filter();
    }
    selected = known;
    picture.select(known, !fromPicture);
    $("unknown").hidden = true;
    keepState();
    for (const { row, nodes } of tableRows) row.classList.toggle("current", known !== null && nodes.includes(known));
    fillPanel();
    document.body.classList.toggle("chosen", known !== null);
    if (known && innerWidth <= SHEET) $("scroll").scrollIntoView({ block: "start" });
  }

  function fillPanel() {
    const panel = $("facts");
    $("empty").hidden = selected !== null;
    panel.hidden = selected === null && !details.overview.length;
    panel.replaceChildren();
    $("panel").scrollTop = 0;
    if (selected === null) {
      panel.append(...details.overview.map(factElement));
      return;
    }
    const node = info[selected];
    const head = make("div", "panel-head");
    head.append(make("span", "chip", said(details.kinds[node.kind])));
    if (details.levels[node.level]) head.append(make("span", "chip level " + node.level, said(details.levels[node.level])));
    const close = make("button", "close", "✕");
    close.type = "button";
    close.setAttribute("aria-label", word("close"));
    close.addEventListener("click", () => { choose(null); $("scroll").focus(); });
    head.append(close);
    panel.append(head, make("h2", "", title(selected)));
    panel.append(...node.facts.filter((fact) => spares() || !fact.spare).map(factElement));
    const links = make("p", "panel-links");
    const row = tableRows.find((entry) => entry.nodes.includes(selected) && !entry.row.hidden);
    if (row) {
      const link = make("a", "", word("in-table"));
      link.href = "#the-table";
      link.addEventListener("click", (event) => { event.preventDefault(); row.row.scrollIntoView({ block: "center" }); });
      links.append(link);
    }
    const permanent = make("a", "", word("link"));
    permanent.href = address(selected);
    links.append(permanent);
    panel.append(links);
  }

  function factElement(fact) {
    const element = make("div", fact.evidence ? "fact" : "fact short");
    element.append(make("h3", "", said(fact.label)));
    if (fact.text) {
      const text = make("p", "text", fact.node && fact.node in info ? undefined : fact.text);
      if (fact.node && fact.node in info) {
        const go = make("button", "", fact.text);
        go.type = "button";
        go.addEventListener("click", () => choose(fact.node));
        text.append(go);
      }
      element.append(text);
    }
    if (fact.note) element.append(make("p", "note", said(fact.note)));
    if (fact.detail) element.append(make("p", "note", fact.detail));
    if (fact.evidence) element.append(...evidenceElements(fact.evidence));
    return element;
  }

  function evidenceElements(evidence) {
    const quote = make("blockquote");
    quote.append(make("span", "around", evidence.before), make("mark", "", evidence.quote), make("span", "around", evidence.after));
    const parts = [evidence.document, word("characters", evidence)];
    if (evidence.rule) parts.push(word("rule", evidence));
    return [quote, make("p", "source", word("source") + (root.lang === "en" ? ": " : ":") + parts.join(" · "))];
  }

  /* ---- long texts of the table ---- */

  function clamp(text) {
    const toggle = make("button", "more");
    toggle.type = "button";
    const turn = (folded) => {
      text.classList.toggle("clamped", folded);
      const key = folded ? "more" : "less";
      for (const part of toggle.children) part.textContent = details.words[key][part.lang === "en" ? 1 : 0];
      toggle.setAttribute("aria-expanded", String(!folded));
    };
    for (const lang of ["zh", "en"]) {
      const part = make("span", lang);
      part.lang = lang === "en" ? "en" : "zh-CN";
      toggle.append(part);
    }
    toggle.addEventListener("click", () => turn(!text.classList.contains("clamped")));
    text.after(toggle);
    turn(true);
  }
  for (const text of document.querySelectorAll("td .quote")) clamp(text);

  /* ---- what people do ---- */

  $("language").addEventListener("click", () => setLanguage(root.lang === "en" ? "zh-CN" : "en"));
  for (const select of filters) select.addEventListener("change", filter);
  if ($("spares")) $("spares").addEventListener("change", () => { filter(); fillPanel(); });
  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { $("search").value = ""; search(); }
    if ((event.key === "Enter" || event.key === "ArrowDown") && $("found").querySelector("button")) {
      event.preventDefault();
      if (event.key === "Enter") $("found").querySelector("button").click(); else $("found").querySelector("button").focus();
    }
  });
  $("found").addEventListener("keydown", (event) => {
    const entry = document.activeElement.parentElement;
    const next = event.key === "ArrowDown" ? entry.nextElementSibling : event.key === "ArrowUp" ? entry.previousElementSibling : null;
    if (event.key === "Escape") { $("found").hidden = true; $("search").focus(); }
    if (next) { event.preventDefault(); next.firstElementChild.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (!$("tools").contains(event.target)) $("found").hidden = true;
  });
  $("reset").addEventListener("click", () => {
    $("search").value = "";
    for (const select of filters) select.value = "";
    search();
    filter();
  });
  $("zoom-in").addEventListener("click", () => picture.enlarge(1.2));
  $("zoom-out").addEventListener("click", () => picture.enlarge(1 / 1.2));
  $("scroll").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") choose(picture.step(event.key));
    else if (event.key === "Enter") $("panel").focus();
    else if (event.key === "Escape") choose(null);
    else if (event.key === "+" || event.key === "=") picture.enlarge(1.2);
    else if (event.key === "-") picture.enlarge(1 / 1.2);
    else if (event.key === "0") picture.enlarge(0);
    else return;
    event.preventDefault();
  });
  $("panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { choose(null); $("scroll").focus(); }
  });

  function takeOver(state) {
    for (const select of filters) {
      const offered = [...select.options].some((option) => option.value === state[select.id]);
      select.value = offered ? state[select.id] : "";
    }
    $("search").value = state.q || "";
    if ($("spares")) $("spares").checked = state.spares === "1";
    if (["en", "zh-CN"].includes(state.lang)) setLanguage(state.lang);
    filter();
  }

  function followHash() {
    let id = "";
    const state = {};
    try {
      for (const part of location.hash.slice(1).split("&")) {
        const [key, value] = part.split("=").map(decodeURIComponent);
        if (value === undefined) id = key; else state[key] = value;
      }
    } catch { return; }
    if (Object.keys(state).length) takeOver(state);
    ready = true;
    $("unknown").hidden = !id || id in info || document.getElementById(id) !== null;
    $("unknown").textContent = $("unknown").hidden ? "" : word("unknown", { id });
    if (id in info && id !== selected) {
      choose(id);
      if (innerWidth > SHEET) $("scroll").scrollIntoView({ block: "nearest" });
    }
  }
  window.addEventListener("hashchange", followHash);

  filter();
  setLanguage(root.lang);
  followHash();
})();
