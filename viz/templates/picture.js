"use strict";
/* The picture: vis-network draws boxes at places computed beforehand, the page scrolls natively.
   The canvas is as large as what is seen of it and follows the scroll position, so that pictures of
   any length stay sharp and within a browser's canvas limits. No panel and no filters here. */
(function () {
  const COLOURS = {
    country: "#9b2d1f", province: "#9b2d1f", city: "#0d6565", county: "#33508f", township: "#6c4587", unknown: "#5b6168",
  };
  const TINTS = {
    country: "#f8e9e5", province: "#f8e9e5", city: "#e2f1ef", county: "#e7ecf7", township: "#f0e8f5", unknown: "#eeeff0",
  };
  const INK = "#1f2a33";
  const FONT = 'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
  const GAP = 10;
  const HEAD = 40;
  const NARROW = 640;
  const GLYPHS = {
    document: "M4 2h8l4 4v12H4z",
    action: "M3 3h14v14H3z",
    task: "M5 5h10v10H5z",
    measure: "M10 4a6 6 0 1 0 .01 0z",
    safeguard: "M10 3l7.5 14h-15z",
    target: "M10 2l8 8-8 8-8-8z",
    unit: "M6 3h8l4 7-4 7H6l-4-7z",
    collective: "M6 3h8l4 7-4 7H6l-4-7z",
    none: "M5 5l10 10M15 5L5 15",
  };
  const CLOSING = "，。；：、？！）》”’」…,.;:?!)";
  const HOLLOW = new Set(["measure", "safeguard", "collective", "none"]);
  const DASHED = new Set(["safeguard", "collective", "none"]);
  const paths = {};
  for (const kind of Object.keys(GLYPHS)) paths[kind] = new Path2D(GLYPHS[kind]);

  function Picture(graph, details, on) {
    const scroll = document.getElementById("scroll");
    const spacer = document.getElementById("spacer");
    const holder = document.getElementById("network");
    const info = details.nodes;
    const wraps = new Map();
    let mode = "wide";
    let scale = 1;
    let zoom = 1;
    let height = 0;
    let shown = [];
    let tops = new Map();
    let selected = null;
    let near = new Set();
    let lang = "zh-CN";
    let printing = false;

    const nodes = new vis.DataSet(graph.nodes.map((node) => ({ ...node, ctxRenderer: renderer(node.id) })));
    const edges = new vis.DataSet(graph.edges.map((edge) => ({ ...edge, color: { color: tone(edge), opacity: 0.5 } })));
    const neighbours = new Map(graph.nodes.map((node) => [node.id, new Set()]));
    for (const edge of graph.edges) {
      neighbours.get(edge.from).add(edge.to);
      neighbours.get(edge.to).add(edge.from);
    }
    const network = new vis.Network(holder, { nodes, edges }, JSON.parse(graph.options));
    network.on("click", (event) => on.select(event.nodes.length ? event.nodes[0] : null, true));
    network.on("hoverNode", () => { holder.style.cursor = "pointer"; });
    network.on("blurNode", () => { holder.style.cursor = "default"; });
    network.on("beforeDrawing", drawSpines);
    network.on("afterDrawing", (ctx) => drawHead(ctx, printing ? 0 : scroll.scrollTop / scale));

    function tone(edge) {
      return edge.colour || COLOURS[info[edge.to].level] || COLOURS.unknown;
    }

    function box(id) {
      const place = info[id][mode];
      return { left: place[0], top: tops.get(id), width: place[2], height: details.row - GAP };
    }

    /* ---- drawing ---- */

    function wrapped(id, text, width, ctx) {
      const key = id + " " + width;
      if (wraps.has(key)) return wraps.get(key);
      const lines = [];
      let line = "";
      for (const character of text) {
        if (ctx.measureText(line + character).width <= width) { line += character; continue; }
        if (lines.length === 1) {
          while (line && ctx.measureText(line + "…").width > width) line = line.slice(0, -1);
          line += "…";
          break;
        }
        const cut = breakOf(line, character);
        lines.push(line.slice(0, cut).trimEnd());
        line = (line.slice(cut) + character).trimStart();
      }
      lines.push(line);
      wraps.set(key, lines);
      return lines;
    }

    /* Where a full line breaks: before a Latin word, and never so that a closing mark begins the next line. */
    function breakOf(line, next) {
      let cut = line.length;
      if (/[\w.%]/.test(next)) cut = line.search(/[\w.%]*$/);
      else if (CLOSING.includes(next)) cut -= 1;
      return cut > line.length / 2 ? cut : line.length;
    }

    function renderer(id) {
      return ({ ctx, state }) => {
        const node = info[id];
        const { width, height: tall } = box(id);
        return { nodeDimensions: { width, height: tall }, drawNode: () => drawNode(ctx, id, node, state) };
      };
    }

    function drawNode(ctx, id, node, state) {
      const { left, top, width, height: tall } = box(id);
      const colour = COLOURS[node.level] || COLOURS.unknown;
      const solid = node.kind === "action" || node.kind === "document";
      const current = id === selected;
      ctx.save();
      ctx.beginPath();
      ctx.roundRect(left, top, width, tall, solid ? 3 : node.kind === "target" ? tall / 2 : 8);
      ctx.fillStyle = "#fff";
      ctx.fill();
      ctx.globalAlpha = selected && !current && !near.has(id) ? 0.4 : 1;
      ctx.fillStyle = solid ? colour : HOLLOW.has(node.kind) ? "#fff" : TINTS[node.level] || TINTS.unknown;
      ctx.fill();
      ctx.setLineDash(DASHED.has(node.kind) ? [5, 3] : []);
      ctx.lineWidth = current ? 3.5 : state.hover ? 2.2 : 1.2;
      ctx.strokeStyle = current ? "#b8860b" : colour;
      ctx.stroke();
      ctx.setLineDash([]);
      drawGlyph(ctx, node.kind, left + 9, top + tall / 2 - 8, solid ? "#fff" : colour);
      ctx.fillStyle = solid ? "#fff" : INK;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      let right = left + width - 10;
      if (node.badge) {
        ctx.font = "600 12px " + FONT;
        ctx.textAlign = "right";
        ctx.fillStyle = solid ? "#fff" : colour;
        ctx.fillText(node.badge, right, top + tall / 2);
        right -= ctx.measureText(node.badge).width + 8;
        ctx.textAlign = "left";
        ctx.fillStyle = solid ? "#fff" : INK;
      }
      ctx.font = (solid ? "600 " : "") + "13.5px " + FONT;
      const text = (node.notation ? node.notation + " " : "") + nodes.get(id).label;
      const lines = wrapped(id, text, right - left - 32, ctx);
      lines.forEach((line, i) => ctx.fillText(line, left + 31, top + tall / 2 + (i - (lines.length - 1) / 2) * 18));
      ctx.restore();
    }

    function drawGlyph(ctx, kind, x, y, colour) {
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(0.8, 0.8);
      ctx.lineWidth = 2;
      ctx.lineJoin = "round";
      ctx.strokeStyle = colour;
      ctx.fillStyle = colour;
      if (!HOLLOW.has(kind)) ctx.fill(paths[kind]);
      ctx.stroke(paths[kind]);
      ctx.restore();
    }

    /* In the narrow list: lines from a box to those that hang below it. */
    function drawSpines(ctx) {
      if (mode === "wide") return;
      ctx.save();
      ctx.lineWidth = 1.2;
      for (const id of shown) {
        const anchor = info[id].anchor;
        if (anchor === null || !tops.has(anchor)) continue;
        const child = box(id);
        const parent = box(anchor);
        const x = parent.left + 8;
        ctx.globalAlpha = selected && id !== selected && anchor !== selected ? 0.25 : 0.7;
        ctx.strokeStyle = COLOURS[info[anchor].level] || COLOURS.unknown;
        ctx.beginPath();
        ctx.moveTo(x, parent.top + parent.height);
        ctx.lineTo(x, child.top + child.height / 2);
        ctx.lineTo(child.left, child.top + child.height / 2);
        ctx.stroke();
      }
      ctx.restore();
    }

    function drawHead(ctx, top) {
      if (mode !== "wide") return;
      ctx.save();
      ctx.fillStyle = "#fff";
      ctx.fillRect(-50, top - 2, details.size.wide[0] + 2000, HEAD + 2);
      ctx.fillStyle = "#ddd6c9";
      ctx.fillRect(-50, top + HEAD, details.size.wide[0] + 2000, 1);
      ctx.fillStyle = "#55616b";
      ctx.font = "600 14px " + FONT;
      ctx.textBaseline = "middle";
      const step = details.columns.length > 1 ? (details.size.wide[0] - 24 - columnWidth()) / (details.columns.length - 1) : 0;
      details.columns.forEach((title, i) => ctx.fillText(title[lang === "en" ? 1 : 0], 12 + i * step, top + HEAD / 2));
      ctx.restore();
    }

    function columnWidth() {
      return info[details.order[0]].wide[2];
    }

    /* ---- places ---- */

    /* Distances between boxes that are left out are taken out; what stands in one column never overlaps. */
    function place() {
      tops = new Map();
      if (mode === "narrow") {
        shown.forEach((id, i) => tops.set(id, 8 + i * details.row));
        height = 8 + shown.length * details.row + 8;
      } else {
        const all = [...new Set(shown.map((id) => info[id].wide[1]))].sort((a, b) => a - b);
        const moved = new Map();
        let y = HEAD + 12;
        all.forEach((top, i) => {
          if (i) y += Math.min(top - all[i - 1], details.row + 14);
          moved.set(top, y);
        });
        shown.forEach((id) => tops.set(id, moved.get(info[id].wide[1])));
        height = y + details.row + 8;
      }
      nodes.update(shown.map((id) => {
        const { left, top, width, height: tall } = box(id);
        return { id, x: left + width / 2, y: top + tall / 2 };
      }));
    }

    function turn(wanted) {
      if (wanted === mode && tops.size) return;
      mode = wanted;
      place();
      paint();
    }

    function resize() {
      turn(scroll.clientWidth < NARROW ? "narrow" : "wide");
      const natural = details.size[mode][0];
      const fit = scroll.clientWidth / natural;
      scale = zoom * (mode === "narrow" ? fit : Math.max(0.82, Math.min(fit, 1.15)));
      const width = Math.max(scroll.clientWidth, natural * scale);
      spacer.style.width = width + "px";
      spacer.style.height = Math.max(scroll.clientHeight, height * scale) + "px";
      look(scroll.clientWidth, scroll.clientHeight);
      follow();
    }

    function follow() {
      const spare = Math.max(0, (scroll.clientWidth - details.size[mode][0] * scale) / 2);
      moveTo(scroll.scrollLeft - spare, scroll.scrollTop);
    }

    function look(width, tall) {
      holder.style.width = width + "px";
      holder.style.height = tall + "px";
      network.setSize(holder.style.width, holder.style.height);
    }

    function moveTo(left, top) {
      const position = { x: (left + holder.clientWidth / 2) / scale, y: (top + holder.clientHeight / 2) / scale };
      network.moveTo({ scale, position });
      network.redraw();
    }

    /* For paper the whole picture becomes images of half a page each, cut between two rows of boxes. */
    function print() {
      const paper = document.getElementById("paper");
      const width = details.size.wide[0];
      printing = true;
      turn("wide");
      scale = 1;
      for (let top = 0; top < height; ) {
        const limit = top + Math.round(width * 0.62);
        const rows = [...tops.values()].filter((y) => y > top + details.row && y <= limit);
        const end = limit >= height ? height : Math.max(...rows) - GAP / 2;
        look(width, end - top);
        moveTo(0, top);
        const image = new Image();
        image.alt = "";
        image.src = holder.querySelector("canvas").toDataURL();
        paper.append(image);
        top = end;
      }
      printing = false;
      tops = new Map();
      resize();
    }

    /* ---- what is seen ---- */

    function show(ids) {
      shown = ids;
      const seen = new Set(ids);
      nodes.update(graph.nodes.map((node) => ({ id: node.id, hidden: !seen.has(node.id) })));
      place();
      paint();
      resize();
    }

    function paint() {
      edges.update(graph.edges.map((edge) => {
        const ends = tops.has(edge.from) && tops.has(edge.to);
        const touched = selected === edge.from || selected === edge.to;
        return {
          id: edge.id,
          hidden: !ends || mode === "narrow",
          color: { color: tone(edge), opacity: selected ? (touched ? 0.95 : 0.07) : 0.1 + 0.12 * edge.width },
        };
      }));
    }

    function select(id, reveal) {
      selected = id;
      near = id ? neighbours.get(id) : new Set();
      if (id) network.selectNodes([id], false); else network.unselectAll();
      paint();
      if (id && (reveal || mode === "narrow") && tops.has(id)) {
        const at = box(id);
        const top = at.top * scale;
        const left = at.left * scale;
        const head = mode === "wide" ? HEAD * scale : 0;
        const below = top + at.height * scale > scroll.scrollTop + scroll.clientHeight;
        if (mode === "narrow") scroll.scrollTop = top - 70;
        else if (below || top < scroll.scrollTop + head) scroll.scrollTop = top - scroll.clientHeight / 3;
        if (left < scroll.scrollLeft || left + at.width * scale > scroll.scrollLeft + scroll.clientWidth) {
          scroll.scrollLeft = left - 24;
        }
      }
      follow();
    }

    /* The box that an arrow key leads to from the selected one. */
    function step(key) {
      if (!shown.length) return null;
      if (!selected || !tops.has(selected)) return shown[0];
      if (key === "Home") return shown[0];
      if (key === "End") return shown[shown.length - 1];
      const here = info[selected];
      if (mode === "narrow") {
        const next = shown.indexOf(selected) + (key === "ArrowDown" || key === "ArrowRight" ? 1 : -1);
        return shown[next] || selected;
      }
      const y = tops.get(selected);
      const sideways = key === "ArrowLeft" || key === "ArrowRight";
      const sign = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
      const linked = neighbours.get(selected);
      let best = selected;
      let least = Infinity;
      for (const id of shown) {
        const columns = (info[id].column - here.column) * sign;
        const rows = (tops.get(id) - y) * (sideways ? 1 : sign);
        if (sideways ? columns <= 0 : columns !== 0 || rows <= 0) continue;
        const distance = sideways ? columns * 1e6 + Math.abs(rows) + (linked.has(id) ? 0 : 1e5) : rows;
        if (distance < least) { least = distance; best = id; }
      }
      return best;
    }

    function enlarge(factor) {
      zoom = factor ? Math.max(0.5, Math.min(2.5, zoom * factor)) : 1;
      resize();
    }

    scroll.addEventListener("scroll", follow, { passive: true });
    new ResizeObserver(() => resize()).observe(scroll);
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", () => document.getElementById("paper").replaceChildren());

    return { show, select, step, enlarge, setLanguage(value) { lang = value; network.redraw(); } };
  }

  window.gangmu = { Picture, GLYPHS };
})();
