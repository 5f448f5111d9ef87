/* The editor's pictures: choosing one, and asking what is in it as soon as it stands in the text, one after the other.
   The words are checked by the server, by the rule that a text is sent on by. */
const MASK = `
<form method="dialog" class="picture__form" novalidate>
  <h2 class="picture__title" id="anh-ten">Mô tả ảnh</h2>
  <p class="picture__note" data-note hidden></p>
  <img class="picture__shown" alt="Ảnh đang được mô tả">
  <div class="picture__fields">
    <p class="picture__problem" id="anh-loi" role="alert"></p>
    <label for="anh-mo-ta">Mô tả ảnh</label>
    <textarea id="anh-mo-ta" rows="3" maxlength="300" aria-describedby="anh-mo-ta-ghi anh-loi"></textarea>
    <p class="picture__help" id="anh-mo-ta-ghi">Nói cho người không nhìn thấy ảnh biết trong ảnh có gì. Không ghi tên tệp, không chép lại chú thích hay tiêu đề.</p>
    <label class="picture__tick"><input type="checkbox" id="anh-trang-tri"> Ảnh trang trí: không nói thêm điều gì, trình đọc màn hình bỏ qua</label>
    <label for="anh-chu-thich">Chú thích</label>
    <input type="text" id="anh-chu-thich" maxlength="300" aria-describedby="anh-chu-thich-ghi">
    <p class="picture__help" id="anh-chu-thich-ghi">Chữ dưới ảnh mà mọi người đọc; để trống cũng được.</p>
    <label for="anh-vi-tri">Vị trí</label>
    <select id="anh-vi-tri"><option value="">Giữa cột chữ</option><option value="anh-trai">Bên trái, chữ chạy quanh</option><option value="anh-phai">Bên phải, chữ chạy quanh</option></select>
  </div>
  <div class="picture__do"><button class="button default" data-save>Lưu mô tả</button> <button class="button picture__later" type="button" data-later>Để sau</button></div>
</form>`;
const CHOICE = `
<form method="dialog" class="picture__form">
  <h2 class="picture__title" id="anh-chon">Đưa ảnh vào bài</h2>
  <p>Cũng có thể thả hoặc dán ảnh thẳng vào chỗ cần đặt.</p>
  <div class="picture__do"><button class="button default" type="button" data-library>Chọn trong thư viện</button>
    <label class="button picture__file">Tải ảnh lên<input type="file" multiple accept="image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif"></label>
    <button class="button picture__later">Đóng</button></div>
</form>`;
// In the editor's frame, as readers see them: never wider than the text.
const LOOK = `img { max-width: 100%; height: auto; }
figure { margin: 1em 0; } figcaption { color: #4a5952; font-size: .875em; }
@media (min-width: 40em) { .anh-trai { float: left; width: 45%; margin: 0 1.5em 1em 0; } .anh-phai { float: right; width: 45%; margin: 0 0 1em 1.5em; } }`;
const PLACES = ["anh-trai", "anh-phai", "anh-rong"];
const waiting = [];
let busy = false;
let counter = () => {};

export const pictures = (editor) => (editor.mode === "wysiwyg" ? [...editor.editable().$.querySelectorAll("img")] : [])
  .filter((image) => !image.dataset.ckeUploadId && !image.dataset.ckeRealelement);

// A photograph stands between paragraphs: one that came into the middle of words goes before or behind them.
export function settle(image) {
  const block = image.closest("p, h2, h3, h4");
  if (!block || (block.tagName === "P" && !block.textContent.trim())) return;
  const before = image.ownerDocument.createRange();
  before.setStart(block, 0);
  before.setEndBefore(image);
  const own = image.ownerDocument.createElement("p");
  if (before.toString().trim()) block.after(own);
  else block.before(own);
  own.append(image);
  block.normalize();
}

// `about`: `fresh` for a picture that has just come, its file's name, what the server said of it.
export function ask(editor, image, about = {}) {
  waiting.push({ editor, image, about, source: image.getAttribute("src") });
  counter();
  if (!busy) next();
}

async function next() {
  busy = true;
  let last;
  while (waiting.length) await describe(last = waiting.shift());
  busy = false;
  if (document.activeElement === document.body) last.editor.focus();
}

function opened(mask, label) {
  const dialog = document.createElement("dialog");
  dialog.className = "picture";
  dialog.setAttribute("aria-labelledby", label);
  dialog.innerHTML = mask;
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

async function facts(editor, source) {
  try {
    const answer = await fetch(`${editor.config.portalDescribe}?anh=${encodeURIComponent(source)}`);
    return answer.ok && !answer.redirected ? await answer.json() : {};
  } catch { return {}; }
}

async function describe({ editor, image, about, source }) {
  const known = await facts(editor, source);
  const figure = image.closest("figure");
  const words = figure?.querySelector("figcaption")?.textContent.trim() ?? "";
  const dialog = opened(MASK, "anh-ten");
  const [alt, tick, caption, place] = ["mo-ta", "trang-tri", "chu-thich", "vi-tri"].map((name) => dialog.querySelector(`#anh-${name}`));
  const [problem, note, title] = ["#anh-loi", "[data-note]", "#anh-ten"].map((name) => dialog.querySelector(name));
  dialog.querySelector("img").src = known.thumbnail || source;
  tick.checked = Boolean(known.decorative && !image.alt);
  alt.value = image.alt || known.alt || "";
  caption.value = words || (about.fresh && known.caption) || "";
  place.value = PLACES.find((name) => figure?.classList.contains(name)) ?? "";
  if (figure?.classList.contains("anh-rong")) place.append(new Option("Rộng", "anh-rong", true, true));
  note.textContent = about.note ?? "";
  note.hidden = !about.note;
  counter = () => { title.textContent = waiting.length ? `Mô tả ảnh (còn ${waiting.length} ảnh nữa)` : "Mô tả ảnh"; };
  counter();
  const follow = () => { alt.disabled = tick.checked; };
  tick.addEventListener("change", follow);
  follow();
  (tick.checked ? tick : alt).focus();

  const values = () => ({
    alt: tick.checked ? "" : alt.value.trim(), decorative: tick.checked, caption: caption.value.trim(), place: place.value,
  });
  const first = JSON.stringify(values());
  const closed = new Promise((done) => { dialog.addEventListener("close", done); });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    const why = await refused(editor, source, about.fileName, values());
    alt.toggleAttribute("aria-invalid", Boolean(why));
    problem.textContent = why;
    if (why) (tick.checked ? tick : alt).focus();
    else dialog.close();
  });
  await closed;
  counter = () => {};
  // What was typed goes into the text also where its description is left for later.
  if (about.fresh || JSON.stringify(values()) !== first) put(editor, image, source, values(), words, known);
}

async function refused(editor, source, fileName, { alt, decorative, caption }) {
  const form = editor.element.$.form;
  const data = new URLSearchParams({ anh: source, alt, caption, file_name: fileName ?? "", title: form?.elements.title?.value ?? "" });
  if (decorative) data.set("decorative", "on");
  data.set("csrfmiddlewaretoken", form?.elements.csrfmiddlewaretoken?.value ?? "");
  try {
    const answer = await fetch(editor.config.portalDescribe, { method: "POST", body: data });
    if (answer.ok && !answer.redirected) return (await answer.json()).problem;
  } catch { /* said below */ }
  return "Máy chủ chưa nhận mô tả. Bấm “Để sau” thì chữ đã gõ được giữ trong bài.";
}

function put(editor, image, source, { alt, caption, place }, words, known) {
  const there = pictures(editor);
  const one = there.includes(image) ? image : there.find((other) => other.getAttribute("src") === source && !other.alt);
  if (!one) return;
  editor.fire("saveSnapshot");
  one.setAttribute("alt", alt);
  if (known.width && !one.getAttribute("width")) {
    one.setAttribute("width", known.width);
    one.setAttribute("height", known.height);
  }
  frame(editor, one, caption, place, words);
  editor.fire("saveSnapshot");
  editor.fire("change");
}

// A caption or a place needs a figure around the picture, which stands between paragraphs and never inside one.
function frame(editor, image, caption, place, words) {
  const page = image.ownerDocument;
  let figure = image.closest("figure");
  if (!figure && (caption || place)) {
    const piece = image.closest("a") ?? image;
    const block = piece.closest("p");
    figure = page.createElement("figure");
    if (block) block.after(figure);
    else piece.replaceWith(figure);
    figure.append(piece);
    if (block && !block.textContent.trim() && !block.querySelector("img")) block.remove();
    if (!figure.nextElementSibling) figure.after(Object.assign(page.createElement("p"), { innerHTML: "<br>" }));
    const range = editor.createRange();
    range.moveToElementEditStart(new CKEDITOR.dom.element(figure.nextElementSibling));
    range.select();
  }
  if (!figure) return;
  figure.classList.remove(...PLACES);
  if (place) figure.classList.add(place);
  else if (!figure.classList.length) figure.removeAttribute("class");
  if (caption === words) return; // its links and marks stay
  let line = figure.querySelector("figcaption");
  if (!caption) return void line?.remove();
  if (!line) figure.append(line = page.createElement("figcaption"));
  line.textContent = caption;
}

function choose(editor, insertFiles) {
  const dialog = opened(CHOICE, "anh-chon");
  dialog.querySelector("[data-library]").addEventListener("click", () => {
    const number = CKEDITOR.tools.addFunction((address) => {
      const before = new Set(pictures(editor));
      editor.insertHtml(`<img src="${CKEDITOR.tools.htmlEncodeAttr(address)}" alt="">`);
      const image = pictures(editor).find((one) => !before.has(one));
      if (!image) return;
      settle(image);
      ask(editor, image, { fresh: true });
    });
    dialog.close();
    editor.popup(`${editor.config.filebrowserImageBrowseUrl}?CKEditorFuncNum=${number}`, "80%", "80%");
  });
  dialog.querySelector("input").addEventListener("change", (event) => {
    dialog.close();
    insertFiles(editor, event.target.files);
  });
}

CKEDITOR.addCss(LOOK);

export function attach(editor, insertFiles) {
  const selected = () => {
    const element = editor.getSelection()?.getSelectedElement()?.$;
    return pictures(editor).find((image) => image === element);
  };
  editor.on("pluginsLoaded", () => {
    editor.addCommand("image", { exec: () => {
      const image = selected();
      if (image) ask(editor, image);
      else choose(editor, insertFiles);
    } });
  });
  editor.on("doubleclick", ({ data }) => {
    if (!pictures(editor).includes(data.element.$)) return;
    data.dialog = "";
    ask(editor, data.element.$);
  }, null, null, 100); // after the plugins that name a dialog, before the one that opens it
}
