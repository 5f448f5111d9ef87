// Keeps what an editor types: on the server every few seconds, in the browser's own store while the server cannot be had.
// Also says who else has the article open. Without this module the form saves as any form does.
const WAIT = 4_000; // after the last change
const LOOK = 15_000; // between two looks at who is here
const LATER = 10_000; // before trying again
const PATIENCE = 20_000;
const IGNORED = new Set(["csrfmiddlewaretoken", "reason", "public_reason", "override"]);

const notes = document.querySelector("[data-autosave]");

const start = (form) => {
  const { autosave: address, person, article, leave: leaveAddress, login } = notes.dataset;
  const formKey = () => form.elements.form_token?.value ?? "";
  const prefix = `portal.bai:${person}:${article || "moi"}:`;
  // Windows of one article must not overwrite each other's copies; a reload stays the same window.
  const tab = sessionStorage.getItem("portal.cua-so") ?? crypto.randomUUID();
  sessionStorage.setItem("portal.cua-so", tab);
  const storeKey = () => prefix + (article ? tab : formKey());
  const state = form.querySelector("[data-saved]");
  const problem = notes.querySelector("[data-problem]");
  let stamp = notes.dataset.stamp;
  let base = null; // the fields as they were when nothing was typed yet
  let sent = null; // the fields as the server has them
  let timer = 0;
  let busy = false;
  let leaving = false;

  const say = (text) => { if (state && state.textContent !== text) state.textContent = text; };
  const warn = (text, link) => {
    problem.replaceChildren(text);
    if (link) problem.append(" ", link);
    problem.hidden = !text;
  };

  const fields = () => {
    for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.updateElement();
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !IGNORED.has(name) && !name.startsWith("_")) data.append(name, value);
    }
    return data;
  };

  // The store may be full or forbidden; then the server's copy is all there is.
  const keepHere = (text) => {
    try {
      localStorage.setItem(storeKey(), JSON.stringify({ at: Date.now(), fields: text }));
      return true;
    } catch { return false; }
  };
  const dropHere = (key = storeKey()) => localStorage.removeItem(key);

  const post = async (url, data) => {
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { method: "POST", body: data, redirect: "manual", signal: stop.signal });
      const json = answer.headers.get("content-type")?.startsWith("application/json");
      return { status: answer.type === "opaqueredirect" ? 302 : answer.status, body: json ? await answer.json() : {} };
    } finally {
      clearTimeout(patience);
    }
  };

  // A new login makes the page's token old; a look brings the new one.
  const look = async () => {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return false;
    surroundings(await answer.json());
    return true;
  };

  const surroundings = (body) => {
    if (body.token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = body.token;
    const others = notes.querySelector("[data-others]");
    if (body.others) {
      const text = body.others.length ? `Đang mở bài này: ${body.others.join(", ")}.` : "";
      if (others.textContent !== text) others.textContent = text;
      others.hidden = !text;
    }
    const opened = Number(form.elements.started_from?.value);
    if (article && body.version && opened && body.version !== opened) {
      warn("Bài vừa được người khác lưu. Bạn cứ viết tiếp: khi bấm Lưu, bạn sẽ được chọn giữa hai bản.");
    }
  };

  const loginLink = () => {
    const link = document.createElement("a");
    link.href = `${login}?next=${encodeURIComponent(location.pathname)}`;
    link.target = "_blank";
    link.textContent = "Đăng nhập lại ở cửa sổ mới";
    return link;
  };

  const keep = async (retried = false) => {
    const data = fields();
    const text = data.toString();
    if (text === sent || (sent === null && text === base)) return;
    const kept = keepHere(text);
    data.set("_stamp", stamp);
    try {
      const { status, body } = await post(address, data);
      if (status === 200) {
        surroundings(body);
        stamp = body.stamp ?? "";
        sent = text;
        dropHere();
        if (!problem.textContent.startsWith("Bài vừa")) warn("");
        say(body.kept ? `Đã tự lưu lúc ${body.saved.slice(-5)}` : "");
      } else if (status === 403 && !body.error && !retried && (await look())) {
        await keep(true);
      } else if (status === 302 || (status === 403 && !body.error)) {
        warn("Phiên làm việc đã hết hạn. Văn bản đang gõ được giữ trong trình duyệt này.", loginLink());
        plan(LATER);
      } else {
        warn(`${body.error ?? "Máy chủ chưa nhận bản tự lưu."} ${kept ? "Văn bản đang gõ được giữ trong trình duyệt này." : ""}`);
        plan(LATER);
      }
    } catch {
      warn(kept ? "Mất kết nối. Văn bản đang gõ được giữ trong trình duyệt này và sẽ gửi khi có mạng lại."
        : "Mất kết nối, và trình duyệt không giữ được văn bản: đừng đóng cửa sổ này.");
      plan(LATER);
    }
  };

  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  const run = async () => {
    if (busy) { plan(1_000); return; }
    busy = true;
    try { await keep(); } finally { busy = false; }
  };
  const changed = () => {
    if (base === null || leaving) return;
    plan(WAIT);
  };

  // What an earlier window could not send: offered when it is worth anything, thrown away when it is saved already.
  const offer = async () => {
    const place = notes.querySelector("[data-local]");
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    for (const key of keys) {
      let copy;
      try { copy = JSON.parse(localStorage.getItem(key)); } catch { dropHere(key); continue; }
      const data = new URLSearchParams(copy.fields);
      data.set("_look", "1");
      try {
        const { status, body } = await post(address, data);
        if (status !== 200) continue;
        if (!body.kept) { dropHere(key); continue; }
      } catch { return; }
      const line = document.createElement("p");
      line.className = "desk-note desk-note--kept";
      const when = new Date(copy.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
      const title = article ? "" : ` “${(new URLSearchParams(copy.fields).get("title") || "chưa có tiêu đề").slice(0, 100)}”`;
      line.append(`Trình duyệt này còn giữ bản gõ dở${title} lúc ${when}, chưa gửi được. `);
      const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "button";
        made.textContent = label;
        made.addEventListener("click", act);
        line.append(made, " ");
      };
      button("Mở bản gõ dở", async () => {
        const again = new URLSearchParams(copy.fields);
        again.set("_force", "1");
        try {
          const { status, body } = await post(address, again);
          if (status === 200) {
            dropHere(key);
            leaving = true;
            location.assign(body.url ?? location.pathname);
          } else warn(body.error ?? "Chưa mở được bản gõ dở.");
        } catch { warn("Mất kết nối: hãy thử lại khi có mạng."); }
      });
      button("Bỏ", () => { dropHere(key); line.remove(); });
      place.append(line);
      place.hidden = false;
    }
  };

  for (const button of notes.querySelectorAll("[data-drop]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const data = new URLSearchParams();
      if (button.dataset.drop) data.set("form_token", button.dataset.drop);
      try {
        const { status } = await post(`${address}bo/`, data);
        if (status === 200) {
          if (article) stamp = "";
          button.closest("p").remove();
        }
      } catch { warn("Mất kết nối: hãy thử lại khi có mạng."); }
    });
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "_preview") return;
    // The answer may never come: the copy stays until the next opening finds it saved.
    const text = fields().toString();
    if (text !== base) keepHere(text);
    leaving = true;
    clearTimeout(timer);
    setTimeout(() => { leaving = false; }, 30_000);
  });
  addEventListener("pagehide", () => {
    const text = base === null ? null : fields().toString();
    if (!leaving && text !== null && text !== base && text !== sent) keepHere(text);
    if (leaveAddress) {
      const data = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      navigator.sendBeacon(leaveAddress, data);
    }
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && base !== null && !leaving) run(); });
  addEventListener("online", () => plan(0));
  setInterval(() => { if (!document.hidden) look().catch(() => {}); }, LOOK);

  const ready = () => {
    for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.on("change", changed);
    base = fields().toString();
    notes.dataset.ready = "";
    // What was brought back is not saved: it counts as typed.
    if ("restored" in notes.dataset) sent = base;
    offer();
    if (article) look().catch(() => {});
  };
  // The editor changes the HTML that it is given as soon as it starts: only then is there anything to compare with.
  const waiting = () => [...form.querySelectorAll("textarea[data-type=ckeditortype]")].every(
    (area) => window.CKEDITOR?.instances[area.id]?.status === "ready",
  );
  const since = Date.now();
  const wait = setInterval(() => {
    if (!waiting() && Date.now() - since < 15_000) return;
    clearInterval(wait);
    ready();
  }, 200);
};

if (notes) start(notes.closest("form"));
