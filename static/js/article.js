// An article's tools: print it, copy its address, hand it to another app. Without this module none of them is shown.
const tools = document.querySelector("[data-tools]");
const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;

const say = (text) => {
  const status = tools.querySelector("[role=status]");
  status.textContent = text;
  setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, 5000);
};

const copy = async () => {
  try {
    await navigator.clipboard.writeText(address());
    say("Đã sao chép liên kết.");
  } catch {
    // Some browsers allow it on HTTPS alone, and people may refuse it.
    say(`Hãy tự sao chép: ${address()}`);
  }
};

if (tools) {
  const share = tools.querySelector("[data-share]");
  tools.querySelector("[data-print]").addEventListener("click", () => window.print());
  tools.querySelector("[data-copy]").addEventListener("click", copy);
  share.hidden = !navigator.share;
  // Rejected where the person closes the dialogue: nothing to say then.
  share.addEventListener("click", () => navigator.share({ title: document.title, url: address() }).catch(() => {}));
  tools.hidden = false;
}
