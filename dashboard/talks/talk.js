"use strict";
{
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const find = (id) => document.getElementById(id);
  const [overview, help, notice, said] = ["overview", "help", "notice", "said"].map(find);
  const LANGUAGES = [...new Set([...document.querySelectorAll(".in")].map((part) => part.lang))];
  const AWAKE = 2500;
  const SWIPE = 50;
  let now = 0;
  let sleep;

  const asked = () => Math.min(slides.length, Math.max(1, Number.parseInt(location.hash.slice(1), 10) || 1)) - 1;
  const titles = (slide) => [...slide.querySelectorAll("h2 > .in")].filter((part) => part.offsetParent);
  const tell = () => {
    const slide = slides[now];
    said.replaceChildren(slide.querySelector(".page").textContent, ...titles(slide).flatMap((title) => {
      const copy = title.cloneNode(true);
      return [" ", copy];
    }));
  };

  function show(place) {
    now = Math.min(slides.length - 1, Math.max(0, place));
    root.classList.remove("blank");
    slides.forEach((slide, number) => slide.classList.toggle("now", number === now));
    history.replaceState(null, "", `#${now + 1}`);
    tell();
  }

  function language() {
    const shown = [...LANGUAGES, "both"];
    root.dataset.show = shown[(shown.indexOf(root.dataset.show) + 1) % shown.length];
    root.lang = root.dataset.show === "both" ? root.dataset.first : root.dataset.show;
    tell();
  }

  function list() {
    overview.querySelector("ol").replaceChildren(...slides.map((slide, place) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.append(...slide.querySelector("h2").cloneNode(true).childNodes);
      button.type = "button";
      if (place === now) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => { overview.close(); show(place); });
      line.append(button);
      return line;
    }));
    overview.showModal();
    overview.querySelector("[aria-current]").focus();
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  }

  const actions = {
    next: () => show(now + 1),
    previous: () => show(now - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    language,
    colours: () => { root.dataset.colours = root.dataset.colours === "dark" ? "light" : "dark"; },
    notes: () => root.toggleAttribute("data-notes"),
    blank: () => root.classList.toggle("blank"),
    full_screen: fullScreen,
    overview: list,
    help: () => help.showModal(),
    dismiss: () => notice?.remove(),
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", ArrowUp: "previous",
    PageUp: "previous", Home: "first", End: "last", l: "language", t: "colours", n: "notes", b: "blank", ".": "blank",
    f: "full_screen", o: "overview", "?": "help", Escape: "dismiss",
  };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === " " && event.target.closest?.("button")) return;
    const back = event.key === " " && event.shiftKey;
    const action = back ? "previous" : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    if (action !== "dismiss") event.preventDefault();
    actions[action]();
  }

  function wake() {
    root.classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => root.classList.remove("awake"), AWAKE);
  }

  /* A click or a tap goes on, in the left quarter back; a finger that moves sideways turns the page. */
  let from = null;
  function down(event) {
    from = event.target.closest(".slide") && !event.target.closest(".spoken") ? event.clientX : null;
  }
  function up(event) {
    if (from === null || event.button) return;
    const moved = event.clientX - from;
    from = null;
    if (getSelection().toString()) return;
    if (Math.abs(moved) > SWIPE) actions[moved < 0 ? "next" : "previous"]();
    else actions[event.clientX < innerWidth / 4 ? "previous" : "next"]();
  }

  if (slides.length) {
    root.classList.add("js");
    show(asked());
    document.addEventListener("keydown", press);
    document.addEventListener("pointermove", wake);
    document.addEventListener("pointerdown", down);
    document.addEventListener("pointerup", up);
    addEventListener("hashchange", () => show(asked()));
    document.addEventListener("click", ({ target }) => {
      const action = target.closest("[data-do]")?.dataset.do;
      if (action) actions[action]();
    });
    wake();
  }
}
