"use strict";
// Before the hub locks, a line says so and offers to stay; when it has locked, the page is left, and what was typed
// has been sent to be kept. The hub alone says how much time is left: this clock says when to ask. Typing is use.
(() => {
  const box = document.querySelector(".stay");
  const main = document.querySelector("main");
  if (!box || !main) return;
  const soon = 120000;
  const lately = 30000;
  let ends = Date.now() + box.dataset.seconds * 1000;
  let form = null;
  let typed = 0;
  let asking = false;
  let said = "";
  const say = (words, canStay) => {
    if (said === `${words}${canStay}`) return;
    said = `${words}${canStay}`;
    const line = document.createElement("p");
    line.className = "wide";
    line.textContent = words;
    if (canStay) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = "Stay signed in";
      button.addEventListener("click", () => ask("/stay"));
      line.append(" ", button);
    }
    box.replaceChildren(line);
  };
  const warn = (canStay) =>
    say(`For security, this will lock within 2 minutes.${canStay ? "" : " It cannot be put off: finish what you are doing."}`, canStay);
  const told = (left) => {
    const here = box.contains(document.activeElement);
    ends = Date.now() + left.seconds * 1000;
    main.hidden = false;
    if (left.seconds * 1000 <= soon + 5000) return warn(left.can_stay);
    said = "";
    box.replaceChildren();
    if (here) main.focus({ preventScroll: true });
  };
  const away = () =>
    say(main.hidden ? "Locked. The hub cannot be reached just now." : "The hub cannot be reached just now. It locks soon.", !main.hidden);
  const ask = async (path) => {
    if (asking) return;
    asking = true;
    const fields = new URLSearchParams(form ? new FormData(form) : "");
    if (form) fields.set("typed-for", form.getAttribute("action"));
    else if (box.dataset.record) {
      fields.set("typed-for", "/reason"); // nothing but whose record it is: why is asked again before it is opened
      fields.set("child", box.dataset.record);
    }
    fields.set("form_key", box.dataset.key);
    try {
      const answer = await fetch(path, { method: "POST", body: fields, redirect: "manual" });
      if (answer.ok) told(await answer.json());
      else if (answer.status >= 500) away();
      else if (answer.type === "opaqueredirect" || main.hidden) location.replace(box.dataset.place);
      else if (answer.status === 413) form = null;
      else say("This page is from before somebody signed in anew. Copy what you typed here, and load the page again.", false);
    } catch {
      away();
    } finally {
      asking = false;
    }
  };
  const look = () => {
    const left = ends - Date.now();
    main.hidden = left <= 0;
    if (left <= 0) ask("/time-left");
    else if (left <= soon && Date.now() - typed < lately) ask("/stay");
    else if (left <= soon) ask("/time-left");
  };
  document.addEventListener("input", (event) => {
    typed = Date.now();
    if (event.target.form && event.target.type !== "password") form = event.target.form;
  });
  setInterval(look, 5000);
  window.addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
})();
