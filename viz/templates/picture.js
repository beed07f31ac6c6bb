"use strict";
/* The picture: vis-network draws boxes at places computed beforehand, the page scrolls natively.
   The canvas is as large as what is seen of it and follows the scroll position, so that pictures of
   any length stay sharp and within a browser's canvas limits. How a box looks is paint.js's. */
(function () {
  const { COLOURS, drawArc, drawBox, drawHead, drawSpine } = window.gangmu;
  const GAP = 10;
  const HEAD = 40;
  const NARROW = 640;

  function Picture(graph, details, on) {
    const scroll = document.getElementById("scroll");
    const spacer = document.getElementById("spacer");
    const holder = document.getElementById("network");
    const info = details.nodes;
    let mode = "wide";
    let scale = 1;
    let zoom = 1;
    let height = 0;
    let shown = [];
    let tops = new Map();
    let lanes = []; /* the columns that hold a box that is shown */
    let selected = null;
    let near = new Set();
    let lang = "zh-CN";
    let printing = false;

    const nodes = new vis.DataSet(graph.nodes.map((node) => ({ ...node, ctxRenderer: renderer(node.id) })));
    const edges = new vis.DataSet(graph.edges.map((edge) => ({ ...edge, color: { color: tone(edge), opacity: 0.5 } })));
    let spares = false; /* whether lines of alternatives are drawn */
    const neighbours = new Map();
    function meet() {
      for (const node of graph.nodes) neighbours.set(node.id, new Set());
      for (const edge of graph.edges) {
        if (edge.spare && !spares) continue;
        neighbours.get(edge.from).add(edge.to);
        neighbours.get(edge.to).add(edge.from);
      }
    }
    meet();
    const network = new vis.Network(holder, { nodes, edges }, JSON.parse(graph.options));
    network.on("click", (event) => on.select(event.nodes.length ? event.nodes[0] : null, true));
    network.on("hoverNode", () => { holder.style.cursor = "pointer"; });
    network.on("blurNode", () => { holder.style.cursor = "default"; });
    network.on("beforeDrawing", drawSpines);
    network.on("afterDrawing", drawTitles);

    function tone(edge) {
      return edge.colour || COLOURS[info[edge.to].level] || COLOURS.unknown;
    }

    function box(id) {
      const node = info[id];
      const [left, , width] = node[mode];
      const moved = mode === "wide" ? (node.column - lanes.indexOf(node.column)) * details.step : 0;
      return { left: left - moved, top: tops.get(id), width, height: details.row - GAP };
    }

    /* In the narrow list a unit stands once, so it says that it has several items. */
    function badge(node) {
      if (mode === "wide" || !["unit", "collective"].includes(node.kind) || Number(node.badge) < 2) return node.badge;
      return details.words["unit-items"][lang === "en" ? 1 : 0].replace("{n}", node.badge);
    }

    function renderer(id) {
      return ({ ctx, state }) => {
        const place = box(id);
        const drawNode = () => drawBox(ctx, place, { ...info[id], badge: badge(info[id]) }, nodes.get(id).label, {
          current: id === selected,
          hover: state.hover,
          faint: selected && id !== selected && !near.has(id),
        });
        return { nodeDimensions: { width: place.width, height: place.height }, drawNode };
      };
    }

    /* In the narrow list: lines from a box to those that hang below it. */
    function drawSpines(ctx) {
      if (mode === "wide") return;
      for (const id of shown) {
        const anchor = info[id].anchor;
        if (anchor === null || !tops.has(anchor)) continue;
        const colour = COLOURS[info[anchor].level] || COLOURS.unknown;
        drawSpine(ctx, box(anchor), box(id), colour, selected && id !== selected && anchor !== selected);
      }
    }

    /* Conflicts lie in front of the boxes and swing out to the left of them. */
    function drawConflicts(ctx) {
      for (const edge of graph.edges) {
        if (!edge.colour || !tops.has(edge.from) || !tops.has(edge.to)) continue;
        const faint = selected && selected !== edge.from && selected !== edge.to;
        drawArc(ctx, box(edge.from), box(edge.to), edge.colour, edge.width, faint);
      }
    }

    function drawTitles(ctx) {
      if (mode !== "wide") return;
      drawConflicts(ctx);
      const titles = lanes.map((lane) => details.columns[lane][lang === "en" ? 1 : 0]);
      drawHead(ctx, titles, printing ? 0 : scroll.scrollTop / scale, HEAD, natural(), details.step);
    }

    /* ---- places ---- */

    /* Distances between boxes that are left out are taken out; what stands in one column never overlaps. */
    function place() {
      tops = new Map();
      lanes = [...new Set(shown.map((id) => info[id].column))].sort((a, b) => a - b);
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

    /* The width of the picture at scale 1, without the columns that hold nothing. */
    function natural() {
      const [width] = details.size[mode];
      return mode === "wide" ? width - (details.columns.length - lanes.length) * details.step : width;
    }

    function turn(wanted) {
      if (wanted === mode && tops.size) return;
      mode = wanted;
      place();
      paint();
    }

    function resize() {
      if (!scroll.clientWidth) return; /* while printing, the picture on the screen has no size */
      turn(scroll.clientWidth < NARROW ? "narrow" : "wide");
      const fit = scroll.clientWidth / natural();
      scale = zoom * (mode === "narrow" ? fit : Math.max(0.82, Math.min(fit, 1.15)));
      const width = Math.max(scroll.clientWidth, natural() * scale);
      spacer.style.width = width + "px";
      spacer.style.height = Math.max(scroll.clientHeight, height * scale) + "px";
      look(scroll.clientWidth, scroll.clientHeight);
      follow();
    }

    function follow() {
      if (!scroll.clientWidth) return;
      const spare = Math.max(0, (scroll.clientWidth - natural() * scale) / 2);
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
      printing = true;
      turn("wide");
      const width = natural();
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

    function show(ids, withSpares) {
      shown = ids;
      spares = withSpares;
      meet();
      near = selected ? neighbours.get(selected) : new Set();
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
          hidden: !ends || mode === "narrow" || Boolean(edge.colour) || (edge.spare && !spares),
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

  window.gangmu.Picture = Picture;
})();
