// Reads an article aloud, one sentence at a time, and marks the sentence. Pausing stops the voice and reading on begins
// the sentence again: the browsers' own pause is lost on telephones, and a long text stops after a quarter of a minute.
const BLOCKS = "h1, h2, h3, h4, p, li, th, td, caption, figcaption";
const UNREAD = "sup, .anchor, .note-back, .facts, .path, .contents, .corrections, .unseen, aside, .story__foot";
const LONGEST = 220; // characters that any voice says in one breath
// A full stop ends a sentence unless it stands behind an initial or a title: "TP. Hồ Chí Minh", "GS. Nguyễn Văn A.".
const SENTENCE = /[^]+?(?:(?<!(?:^|[\s(])(?:TP|Tp|TS|ThS|PGS|GS|BS|KS|LS|ĐT|[A-ZĐ]))[.!?…]+[”"'»)]*(?=\s)|$)/gu;
const BREATH = new RegExp(`[^]{1,${LONGEST}}(?:[,;:](?=\\s)|\\s|$)|[^]{1,${LONGEST}}`, "gu");

/** Every sentence of the article as the Range it stands in, in order. */
const sentences = (story) => {
  const found = [];
  let block = null;
  let nodes = [];
  const close = () => {
    const whole = nodes.map((node) => node.data).join("");
    const place = (offset) => {
      for (const node of nodes) {
        if (offset <= node.length) return [node, offset];
        offset -= node.length;
      }
    };
    let start = 0;
    for (const [sentence] of whole.matchAll(SENTENCE)) {
      for (const part of sentence.length > LONGEST ? sentence.match(BREATH) : [sentence]) {
        if (/[\p{L}\p{N}]/u.test(part)) {
          const range = new Range();
          range.setStart(...place(start + part.length - part.trimStart().length));
          range.setEnd(...place(start + part.trimEnd().length));
          found.push(range);
        }
        start += part.length;
      }
    }
    nodes = [];
  };
  const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement.closest(BLOCKS);
    if (!holder || node.parentElement.closest(UNREAD)) continue;
    if (holder !== block) close();
    block = holder;
    nodes.push(node);
  }
  close();
  return found;
};

let list = null;
let place = 0;
let current = null; // the utterance at work; held here, or some browsers lose it before it ends
let box = null;

// Here and not in the style sheet: only who listens needs it, and the checkers of style sheets do not know it yet.
if (globalThis.Highlight) {
  const marked = new CSSStyleSheet();
  marked.replaceSync("::highlight(dang-doc) { background: #f2c230; color: #14201b; }");
  document.adoptedStyleSheets.push(marked);
}

const show = () => {
  const word = current ? "Tạm dừng" : place ? "Nghe tiếp" : "Nghe bài viết";
  box.querySelector("[data-listen-play] span").textContent = word;
  box.toggleAttribute("data-speaking", Boolean(current));
  box.querySelector("[data-listen-stop]").hidden = !current && !place;
  if (!globalThis.Highlight) return;
  if (current) CSS.highlights.set("dang-doc", new Highlight(list[place]));
  else CSS.highlights.delete("dang-doc");
};

const hush = () => {
  current = null; // first, so that the end of what is cut short leads nowhere
  speechSynthesis.cancel();
};

const speak = (voice) => {
  if (place >= list.length) return stop();
  const words = new SpeechSynthesisUtterance(list[place].toString().replace(/\s+/g, " "));
  words.voice = voice;
  words.lang = voice.lang;
  words.onend = words.onerror = ({ type }) => {
    if (current !== words) return;
    if (type === "error") { hush(); show(); return; }
    place += 1;
    speak(voice);
  };
  current = words;
  show();
  speechSynthesis.speak(words);
};

const stop = () => {
  const stopped = box.querySelector("[data-listen-stop]");
  if (document.activeElement === stopped) box.querySelector("[data-listen-play]").focus();
  hush();
  place = 0;
  show();
};

export const toggle = (listening, voice) => {
  if (!box) {
    box = listening;
    list = sentences(document.querySelector("article.story"));
    box.querySelector("[data-listen-stop]").addEventListener("click", stop);
    addEventListener("pagehide", hush); // else the voice would go on over the next page
  }
  if (current) {
    hush();
    show();
  } else speak(voice);
};
