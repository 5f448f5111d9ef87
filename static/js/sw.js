// Keeps the last articles that a guest read, for when there is no network; the view in front says VERSION and SHELL.
// Whoever has a network gets every page from it: a copy is shown only where asking for the page failed.
const ARTICLES = "cong-bai";
const FILES = "cong-tep";
const PICTURES = "cong-anh";
const OFFLINE = `cong-ngoai-tuyen-${VERSION}`;
const MOST = { [ARTICLES]: 20, [FILES]: 40, [PICTURES]: 60 };
// Never asked through here: what belongs to one person, what is sent, and what must be fresh.
const LEFT_ALONE = /^\/(quan-tri|tai-khoan|dang-nhap|dang-xuat|xem-truoc|lien-he|thong-ke|tep)(\/|$)/;
const ARTICLE = /^\/bai-viet\/[^/]*\/$/;
// So the counter counts nobody who read nothing.
const AHEAD = { headers: { Purpose: "prefetch" } };

const everybodys = (answer) => answer.ok && answer.type === "basic" && !answer.redirected
  && !/no-store/i.test(answer.headers.get("Cache-Control") ?? "")
  && !/cookie/i.test(answer.headers.get("Vary") ?? "");

const keep = async (name, key, answer) => {
  const kept = await caches.open(name);
  await kept.delete(key);  // what is read again is the newest again
  await kept.put(key, answer);
  const keys = await kept.keys();
  await Promise.all(keys.slice(0, -MOST[name]).map((old) => kept.delete(old)));
};

const keepArticle = async (path, answer) => {
  if (everybodys(answer) && /^text\/html/.test(answer.headers.get("Content-Type"))) await keep(ARTICLES, path, answer);
  // Taken back, or moved: no copy of it is shown any more.
  else if ([404, 410].includes(answer.status)) await (await caches.open(ARTICLES)).delete(path);
};

const page = async (event, path) => {
  try {
    const answer = await fetch(event.request);
    if (ARTICLE.test(path)) event.waitUntil(keepArticle(path, answer.clone()));
    return answer;
  } catch {
    const copy = ARTICLE.test(path) && await (await caches.open(ARTICLES)).match(path);
    return copy || (await caches.open(OFFLINE)).match("/ngoai-tuyen/");
  }
};

const part = async (event, name, wanted) => {
  try {
    const answer = await fetch(event.request);
    if (everybodys(answer) && await wanted()) event.waitUntil(keep(name, event.request.url, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(event.request.url)) ?? Response.error();
  }
};

// The path of the page that asks.
const asking = async ({ clientId }) => new URL((clientId && await clients.get(clientId))?.url ?? "about:blank").pathname;

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const kept = await caches.open(OFFLINE);
  await Promise.all(SHELL.map(async (address) => {
    const answer = await fetch(address, { ...AHEAD, cache: "no-cache", credentials: "omit" });
    if (!answer.ok) throw new Error(address);
    await kept.put(address, answer);
  }));
  await skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("cong-") && name !== OFFLINE && !(name in MOST));
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
  // What is open was read before this worker came: the browser has it still.
  for (const { url } of await clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const { origin, pathname } = new URL(url);
    if (origin !== location.origin || !ARTICLE.test(pathname)) continue;
    await fetch(pathname, { ...AHEAD, cache: "force-cache" }).then((answer) => keepArticle(pathname, answer)).catch(() => {});
  }
})()));

self.addEventListener("fetch", (event) => {
  const { method, mode, destination, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || LEFT_ALONE.test(pathname)) return;
  if (mode === "navigate") event.respondWith(page(event, pathname));
  else if (/^\/(static|giao-dien)\//.test(pathname)) event.respondWith(part(event, FILES, async () => !LEFT_ALONE.test(await asking(event))));
  else if (destination === "image") event.respondWith(part(event, PICTURES, async () => ARTICLE.test(await asking(event))));
});
