// Renews the visit counter every 30 seconds while the page can be seen. The first request also brings the visit's cookie
// back, which tells people behind one address apart. Nothing is announced: a figure is not worth interrupting a reader.
const EVERY = 30_000;
const FIRST = 1_000;
const PATIENCE = 10_000;

const number = (text) => Number(text.replace(/\D/g, ""));
const dotted = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

const show = (box, figures) => {
  for (const place of box.querySelectorAll("[data-figure]")) {
    const name = place.dataset.figure;
    const value = figures[name];
    if (!Number.isSafeInteger(value) || value < 0) continue;
    // Another worker may be a moment behind: the total never goes down before a reader's eyes.
    const text = dotted(name === "total" ? Math.max(value, number(place.textContent)) : value);
    if (place.textContent !== text) place.textContent = text;
  }
};

const follow = (box) => {
  let timer = 0;
  let last = -Infinity;
  let asking = false;

  const seen = () => document.visibilityState === "visible" && !document.prerendering;

  const plan = (wait) => {
    clearTimeout(timer);
    timer = seen() ? setTimeout(ask, wait) : 0;
  };

  const ask = async () => {
    if (asking) return;
    asking = true;
    last = performance.now();
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(box.dataset.figuresUrl, { cache: "no-store", signal: stop.signal });
      if (answer.ok) show(box, await answer.json());
    } catch {
      // No network, no news: the figures that stand there were true a moment ago.
    } finally {
      clearTimeout(patience);
      asking = false;
      plan(EVERY);
    }
  };

  const resume = () => plan(Math.max(FIRST, EVERY - (performance.now() - last)));
  document.addEventListener("visibilitychange", resume);
  document.addEventListener("prerenderingchange", resume);
  plan(FIRST);
};

document.querySelectorAll("[data-figures-url]").forEach(follow);

// Nobody waits for what only those need who search: it is fetched when a search field gets the focus.
document.addEventListener("focusin", async ({ target }) => {
  if (!target.matches?.("[data-suggest] [type=search]") || target.role === "combobox") return;
  const { suggest } = await import("./suggest.js");
  suggest(target);
});

// When all is there and quiet: a worker that keeps the last articles for when there is no network (sw.js).
if ("serviceWorker" in navigator) {
  const start = () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "all" }).catch(() => {});
  addEventListener("load", () => setTimeout(start, 2_000));
}
