"use strict";
(() => {
  const pages = document.getElementById("pages");
  const polygons = [...document.querySelectorAll("polygon")];

  // Marks an article's regions, or some of them strongly, and brings the first into view.
  function mark(article, regions, move) {
    let first = null;
    for (const polygon of polygons) {
      const here = regions.includes(polygon.dataset.region);
      polygon.classList.toggle("on", polygon.dataset.article === article);
      polygon.classList.toggle("here", here);
      if (!first && (regions.length ? here : polygon.dataset.article === article)) first = polygon;
    }
    if (move && first) {
      const box = first.getBoundingClientRect();
      const pane = pages.getBoundingClientRect();
      pages.scrollTo({
        top: pages.scrollTop + box.top - pane.top - pane.height / 4,
        left: pages.scrollLeft + box.left - pane.left - pane.width / 4,
        behavior: "smooth",
      });
    }
  }

  function follow() {
    const article = document.getElementById(location.hash.slice(1));
    if (article && article.tagName === "ARTICLE") mark(article.id, [], false);
  }

  document.getElementById("text").addEventListener("click", (event) => {
    const line = event.target.closest("[data-r]");
    const article = event.target.closest("article");
    if (!article || event.target.closest("a")) return;
    mark(article.id, line ? line.dataset.r.split(" ") : [], true);
  });
  for (const button of document.querySelectorAll(".zoom button")) {
    button.addEventListener("click", () => { pages.className = button.dataset.zoom; });
  }
  addEventListener("hashchange", follow);
  follow();
})();
