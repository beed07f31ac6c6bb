"use strict";
/* How boxes, their glyphs and the titles of columns look on the canvas. Knows no page and no state. */
(function () {
  const COLOURS = {
    country: "#9b2d1f", province: "#9b2d1f", city: "#0d6565", county: "#33508f", township: "#6c4587", unknown: "#5b6168",
  };
  const TINTS = {
    country: "#f8e9e5", province: "#f8e9e5", city: "#e2f1ef", county: "#e7ecf7", township: "#f0e8f5", unknown: "#eeeff0",
  };
  const INK = "#1f2a33";
  const CONFLICT = "#c2410c";
  const CURRENT = "#b8860b";
  const FONT = 'system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
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
    gap: "M5 5l10 10M15 5L5 15",
    thing: "M4 7h12v6H4z",
  };
  const CLOSING = "，。；：、？！）》”’」…,.;:?!)";
  const HOLLOW = new Set(["measure", "safeguard", "collective", "none", "gap"]);
  const SOLID = new Set(["action", "document"]);
  const DASHED = new Set(["safeguard", "collective", "none", "gap"]);
  const paths = {};
  for (const kind of Object.keys(GLYPHS)) paths[kind] = new Path2D(GLYPHS[kind]);

  const wraps = new Map();

  /* The text in at most two lines; the second ends in an ellipsis where more is left. */
  function wrapped(text, width, ctx) {
    const key = ctx.font + width + text;
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

  function drawBox(ctx, place, node, label, look) {
    const { left, top, width, height } = place;
    const colour = COLOURS[node.level] || COLOURS.unknown;
    const solid = SOLID.has(node.kind);
    const middle = top + height / 2;
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(left, top, width, height, solid ? 3 : node.kind === "target" ? height / 2 : 8);
    ctx.fillStyle = "#fff";
    ctx.fill();
    ctx.globalAlpha = look.faint ? 0.4 : 1;
    ctx.fillStyle = solid ? colour : HOLLOW.has(node.kind) ? "#fff" : TINTS[node.level] || TINTS.unknown;
    ctx.fill();
    ctx.setLineDash(DASHED.has(node.kind) ? [5, 3] : []);
    ctx.lineWidth = look.current ? 3.5 : look.hover ? 2.2 : 1.2;
    ctx.strokeStyle = look.current ? CURRENT : colour;
    ctx.stroke();
    ctx.setLineDash([]);
    if (node.mark) drawMark(ctx, left, top);
    drawGlyph(ctx, node.kind, left + 9, middle - 8, solid ? "#fff" : colour);
    ctx.textBaseline = "middle";
    let right = left + width - 10;
    if (node.badge) {
      ctx.font = "600 12px " + FONT;
      ctx.textAlign = "right";
      ctx.fillStyle = solid ? "#fff" : colour;
      ctx.fillText(node.badge, right, middle);
      right -= ctx.measureText(node.badge).width + 8;
    }
    ctx.font = (solid ? "600 " : "") + "13.5px " + FONT;
    ctx.textAlign = "left";
    ctx.fillStyle = solid ? "#fff" : INK;
    const lines = wrapped((node.notation ? node.notation + " " : "") + label, right - left - 32, ctx);
    lines.forEach((line, i) => ctx.fillText(line, left + 31, middle + (i - (lines.length - 1) / 2) * 18));
    ctx.restore();
  }

  /* The sign that a box does not agree with another, on its upper left corner. */
  function drawMark(ctx, x, y) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(x + 7, y + 4, 8, 0, 2 * Math.PI);
    ctx.fillStyle = CONFLICT;
    ctx.fill();
    ctx.fillStyle = "#fff";
    ctx.font = "700 12px " + FONT;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText("!", x + 7, y + 4.5);
    ctx.restore();
  }

  function drawGlyph(ctx, kind, x, y, colour) {
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(0.8, 0.8);
    ctx.lineWidth = 2;
    ctx.lineJoin = "round";
    ctx.strokeStyle = ctx.fillStyle = colour;
    if (!HOLLOW.has(kind)) ctx.fill(paths[kind]);
    ctx.stroke(paths[kind]);
    ctx.restore();
  }

  /* A dashed arc between the left edges of two boxes, farther out the farther they stand apart. */
  function drawArc(ctx, from, to, colour, width, faint) {
    const [y, end] = [from, to].map((place) => place.top + place.height / 2);
    const out = Math.min(92, 26 + Math.abs(end - y) / 9);
    ctx.save();
    ctx.globalAlpha = faint ? 0.15 : 0.95;
    ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(2.5, width);
    ctx.setLineDash([7, 4]);
    ctx.beginPath();
    ctx.moveTo(from.left, y);
    ctx.bezierCurveTo(from.left - out, y, to.left - out, end, to.left, end);
    ctx.stroke();
    ctx.restore();
  }

  /* An elbow from below the left edge of one box to the left edge of another. */
  function drawSpine(ctx, from, to, colour, faint) {
    const x = from.left + 8;
    const y = to.top + to.height / 2;
    ctx.save();
    ctx.lineWidth = 1.2;
    ctx.globalAlpha = faint ? 0.25 : 0.7;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.moveTo(x, from.top + from.height);
    ctx.lineTo(x, y);
    ctx.lineTo(to.left, y);
    ctx.stroke();
    ctx.restore();
  }

  /* The titles of the columns in a band that stays at the top. */
  function drawHead(ctx, titles, top, height, width, step) {
    ctx.save();
    ctx.fillStyle = "#fff";
    ctx.fillRect(-1000, top - 2, width + 2000, height + 2);
    ctx.fillStyle = "#ddd6c9";
    ctx.fillRect(-1000, top + height, width + 2000, 1);
    ctx.fillStyle = "#55616b";
    ctx.font = "600 14px " + FONT;
    ctx.textBaseline = "middle";
    titles.forEach((title, i) => ctx.fillText(title, 12 + i * step, top + height / 2));
    ctx.restore();
  }

  window.gangmu = { COLOURS, GLYPHS, drawArc, drawBox, drawHead, drawSpine };
})();
