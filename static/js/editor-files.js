/* Pictures that are pasted into the editor, dropped on it or chosen for it go to the library, and their description is
   asked for at once. What the library does not take as a picture is answered with a sentence, never with silence. */
import { ask, pictures, settle } from "./picture.js";

const TYPES = /^image\/(jpeg|png|webp|gif|heic|heif)$/i;
// Many systems know no type for HEIC, so that the name alone tells.
const NAMES = /\.(jpe?g|jfif|png|webp|gif|heic|heif)$/i;
const SHOWN = /^image\/(jpeg|png|webp|gif)$/i; // by the browser, while it is on its way
const DOCUMENTS = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|zip)$/i;
const DATA = /^data:image\/(jpe?g|png|webp|gif|heic|heif);base64,[a-z0-9+/=\s]+$/i;
const MOST = 20; // pictures at once
const LARGEST = 20 * 1024 * 1024; // bytes; the server's own limit, said before anything is sent
const HOLE = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";

export const tell = (editor, sentence) =>
  editor.showNotification(CKEDITOR.tools.htmlEncode(sentence), "warning", 10000);

const named = (files) => {
  const names = files.slice(0, 3).map((file) => `“${file.name || "tệp không tên"}”`);
  return names.join(", ") + (files.length > 3 ? ` và ${files.length - 3} tệp khác` : "");
};

// The files that may be pictures of the library, and what to say of the others.
export function sorted(files) {
  const isPicture = (file) => TYPES.test(file.type) || (!file.type.startsWith("image/") && NAMES.test(file.name));
  const fit = files.filter((file) => isPicture(file) && file.size <= LARGEST);
  const large = files.filter((file) => isPicture(file) && file.size > LARGEST);
  const others = files.filter((file) => !isPicture(file));
  const documents = others.filter((file) => DOCUMENTS.test(file.name) || file.type === "application/pdf");
  const strange = others.filter((file) => !documents.includes(file));
  const sentences = [];
  if (documents.length) {
    const word = documents.some((file) => /\.docx$/i.test(file.name)) ? " Muốn lấy chữ trong tệp Word thì dùng “Nhập từ Word”." : "";
    sentences.push(`${named(documents)} là tài liệu, không đặt giữa bài được: hãy chọn ở ô “Tệp đính kèm” của bài, hoặc bấm nút Liên kết rồi tải lên.${word}`);
  }
  if (strange.length) sentences.push(`${named(strange)} không phải loại ảnh mà cổng nhận: hãy dùng ảnh JPEG, PNG, WebP, GIF hoặc HEIC.`);
  if (large.length) sentences.push(`${named(large)} lớn quá 20 MB: hãy thu nhỏ ảnh rồi gửi lại.`);
  if (fit.length > MOST) sentences.push(`Mỗi lần nhận tối đa ${MOST} ảnh: các ảnh còn lại chưa được gửi.`);
  return { fit: fit.slice(0, MOST), sentence: sentences.join(" ") };
}

// A picture written into pasted HTML as data:, as something to send; null where it is none that the library takes.
export function fromData(address, number) {
  if (!DATA.test(address)) return null;
  const [head, content] = address.split(",", 2);
  const type = head.slice(5, head.indexOf(";")).toLowerCase();
  try {
    const bytes = Uint8Array.from(atob(content.replace(/\s+/g, "")), (letter) => letter.charCodeAt(0));
    return new File([bytes], `anh-dan-${number}.${type.split("/")[1]}`, { type });
  } catch { return null; }
}

// HTML that marks where the pictures will stand; each begins its way to the library.
export function placed(editor, files) {
  return files.map((file) => {
    const loader = editor.uploadRepository.create(file);
    loader[SHOWN.test(file.type) ? "loadAndUpload" : "upload"](editor.config.imageUploadUrl);
    const mark = new CKEDITOR.dom.element("img");
    mark.setAttribute("src", HOLE);
    CKEDITOR.fileTools.markElement(mark, "uploadimage", loader.id);
    CKEDITOR.fileTools.bindNotifications(editor, loader);
    return mark.getOuterHtml();
  }).join("");
}

export function insertFiles(editor, files) {
  const { fit, sentence } = sorted([...files]);
  if (sentence) tell(editor, sentence);
  if (fit.length) editor.insertHtml(placed(editor, fit));
}

const token = (editor) => (editor.element.$.form || document).querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

export function attach(editor) {
  // The cookie with Django's token is out of reach of scripts.
  editor.on("fileUploadRequest", ({ data }) => data.fileLoader.xhr.setRequestHeader("X-CSRFToken", token(editor)));
  editor.on("fileUploadResponse", (event) => {
    const { xhr } = event.data.fileLoader;
    if ((xhr.getResponseHeader("Content-Type") || "").startsWith("application/json")) return;
    event.data.message = "Máy chủ từ chối: tệp quá lớn, hoặc bạn không có quyền.";
    event.cancel();
  }, null, null, 1);
  // A picture on its way is no part of the text yet: whoever saves now is told once, and then believed.
  let told = false;
  editor.element.$.form?.addEventListener("submit", (event) => {
    if (told || editor.uploadRepository.isFinished()) return;
    told = true;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(editor, "Ảnh đang tải lên: hãy chờ xong rồi lưu. Lưu lần nữa thì bài được lưu không có ảnh ấy.");
  }, true);
  editor.on("widgetDefinition", ({ data: widget }) => {
    if (widget.name !== "uploadimage") return;
    widget.onUploading = function onUploading(loader) {
      if (loader.data) this.parts.img.setAttribute("src", loader.data);
    };
    widget.onUploaded = function onUploaded(loader) {
      told = false;
      const { url, width, height, message } = loader.responseData;
      const before = new Set(pictures(editor));
      const [address, wide, high] = [url, width, height].map((value) => CKEDITOR.tools.htmlEncodeAttr(String(value)));
      this.replaceWith(`<img src="${address}" alt="" width="${wide}" height="${high}">`);
      const image = pictures(editor).find((one) => !before.has(one));
      if (!image) return;
      settle(image);
      ask(editor, image, { fresh: true, fileName: loader.file.name, note: message });
    };
  });
}
