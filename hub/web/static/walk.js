"use strict";
// The arrow keys in the timeline picture: one tab stop; left and right in time, up and down between lanes.
(() => {
  const plot = document.querySelector(".picture-plot");
  const preview = document.querySelector(".picture-preview");
  const box = document.querySelector(".picture-box");
  if (!plot || !preview || !box) return;
  box.scrollLeft = box.scrollWidth;
  const marks = [...plot.querySelectorAll("a[data-day]")].sort(
    (a, b) => a.dataset.day - b.dataset.day || a.dataset.lane - b.dataset.lane,
  );
  if (!marks.length) return;
  const hint = preview.textContent;
  const stop = (mark) => marks.forEach((one) => one.setAttribute("tabindex", one === mark ? "0" : "-1"));
  const nearest = (from, lane) => {
    const away = (one) => Math.abs(one.dataset.day - from.dataset.day);
    return marks.filter((one) => +one.dataset.lane === lane).sort((a, b) => away(a) - away(b))[0];
  };
  const lanes = [...new Set(marks.map((one) => +one.dataset.lane))].sort((a, b) => a - b);
  const next = (from, key) => {
    const place = marks.indexOf(from);
    const row = lanes.indexOf(+from.dataset.lane);
    switch (key) {
      case "ArrowLeft": return marks[place - 1];
      case "ArrowRight": return marks[place + 1];
      case "ArrowUp": return nearest(from, lanes[row - 1]);
      case "ArrowDown": return nearest(from, lanes[row + 1]);
      case "Home": return marks[0];
      case "End": return marks[marks.length - 1];
      default: return null;
    }
  };
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  plot.addEventListener("keydown", (event) => {
    const from = event.target.closest("a[data-day]");
    if (!from || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    const to = next(from, event.key);
    if (!to) return;
    stop(to);
    to.focus();
  });
  const read = (event) => {
    const mark = event.target.closest("a[data-day]");
    if (mark) preview.textContent = mark.getAttribute("aria-label");
  };
  plot.addEventListener("focusin", read);
  plot.addEventListener("pointerover", read);
  plot.addEventListener("pointerleave", () => { if (!plot.contains(document.activeElement)) preview.textContent = hint; });
  plot.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-day]");
    const entry = mark && document.getElementById(mark.getAttribute("href").slice(1));
    if (!entry) return;
    event.preventDefault();
    stop(mark);
    entry.scrollIntoView();
    entry.focus({ preventScroll: true });
  });
  stop(marks[marks.length - 1]);
})();
