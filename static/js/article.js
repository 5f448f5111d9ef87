// An article's tools: print it, copy its address, hand it to another app, have it read aloud, see how far one has come.
// Without this module none of them is shown.
const tools = document.querySelector("[data-tools].story__tools");
const listening = document.querySelector("[data-listen]");
const text = document.querySelector(".prose");
const LONG = 3; // windows of text from which on one wants to know how far it is
const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;

const say = (words) => {
  const status = tools.querySelector("[role=status]");
  status.textContent = words;
  setTimeout(() => { if (status.textContent === words) status.textContent = ""; }, 5000);
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
}

// Browsers know their voices only some time after the page; one without a Vietnamese voice would spell, not read.
if (listening && window.speechSynthesis) {
  const vietnamese = () => {
    const voices = speechSynthesis.getVoices().filter(({ lang }) => /^vi\b/i.test(lang.replace("_", "-")));
    return voices.find((voice) => voice.localService) ?? voices[0];
  };
  const offer = () => { if (vietnamese()) listening.hidden = false; };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  listening.querySelector("[data-listen-play]").addEventListener("click", async () => {
    const { toggle } = await import("./listen.js");
    toggle(listening, vietnamese());
  });
}

if (text) {
  const bar = document.createElement("div");
  bar.className = "progress";
  const follow = () => {
    const { top, height } = text.getBoundingClientRect();
    bar.hidden = height < LONG * innerHeight;
    // From the first line at the foot of the window to the last one there.
    bar.style.scale = `${Math.min(1, Math.max(0, (innerHeight - top) / height))} 1`;
  };
  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; follow(); }); };
  document.body.append(bar);
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  soon();
}
