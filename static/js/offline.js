// Lists the articles that the service worker (sw.js) keeps on this device, the newest first, and forgets them on request.
const box = document.querySelector("[data-kept]");

const entry = async (kept, request) => {
  const read = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html");
  const link = document.createElement("a");
  link.href = new URL(request.url).pathname;
  link.textContent = read.querySelector("h1")?.textContent.trim() || link.pathname;
  const item = document.createElement("li");
  item.append(link);
  return item;
};

const show = async () => {
  const kept = await caches.open("cong-bai");
  const items = await Promise.all((await kept.keys()).reverse().map((request) => entry(kept, request)));
  box.querySelector("ol").replaceChildren(...items);
  box.querySelector("[data-none]").hidden = items.length > 0;
  box.querySelector("button").hidden = items.length === 0;
};

// Only where pages come over HTTPS do browsers keep anything.
if (box && "caches" in window) {
  box.querySelector("button").addEventListener("click", async () => {
    await Promise.all(["cong-bai", "cong-anh"].map((name) => caches.delete(name)));
    await show();
  });
  show();
}
