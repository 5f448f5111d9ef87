/* What is pasted or dropped into the editor is cleaned by the server before it is put in: one rule for what a text may
   hold, the one that it is saved by. Nothing of it is built in the page before, so nothing of it can load or run. */
import * as files from "./editor-files.js";
import "./editor-link.js";
import { speak } from "./editor-words.js";
import * as picture from "./picture.js";

const WAIT = 8000; // milliseconds
// Never reads past the next `<`: whoever copies from a page that means ill must not wait for it.
const IMG = /<img\b(?:[^<>"']|"[^<"]*"|'[^<']*')*>/gi;
const SRC = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const UNSEEN = /\b(?:width|height)\s*=\s*["']?[01](?:px)?["'\s>]/i; // what counts who opens a letter
const OWN = `${location.origin}/media/anh/`; // as browsers copy it from a page of the portal
const PLACE = "/media/anh/dan/"; // holds a picture's place while the server cleans the text around it

function rawHtml(data) {
  const transfer = data.dataTransfer;
  const html = transfer && transfer.getData('text/html', true);
  return html || (data.type === 'html' ? data.dataValue : '') || '';
}

function filesOf({dataTransfer}) {
  return Array.from({length: dataTransfer ? dataTransfer.getFilesCount() : 0}, (_, at) => dataTransfer.getFile(at));
}

// A picture copied from a page comes as a file and as an <img> of another host: the file is what can be kept. One of our
// own library stays the one that it is, with its description.
function hasWords(html) {
  return html.replace(/<!--[^]*?-->|<style[^]*?<\/style>|<[^>]*>|&nbsp;/gi, '').trim() !== '';
}

// Pictures that come inside the HTML go to the library by themselves; the server's rule would drop them.
function withoutPictures(html) {
  const found = [];
  let lost = 0;
  const rest = html.replace(IMG, tag => {
    const address = SRC.exec(tag)?.slice(1).find(Boolean)?.trim() ?? '';
    const file = address.startsWith('data:') ? files.fromData(address, found.length + 1) : null;
    if (file) return `<img src="${PLACE}${found.push(file) - 1}.gif">`;
    if (address.startsWith(OWN)) return tag.replace(OWN, '/media/anh/');
    if (/^(?:data:|https?:|file:|cid:|blob:|\/\/)/i.test(address) && !UNSEEN.test(tag)) lost += 1;
    return address.startsWith('data:') ? '' : tag;
  });
  return {rest, found, lost};
}

async function cleaned(address, html) {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const response = await fetch(address, {
    method: 'POST', body: html, credentials: 'same-origin', signal: AbortSignal.timeout(WAIT),
    headers: {'X-CSRFToken': token, 'Content-Type': 'text/html; charset=utf-8'},
  });
  const text = await response.text();
  if (!response.ok || response.redirected) throw new Error(response.status === 413 ? text : '');
  return text;
}

function pasteHtml(editor, data, html) {
  const {rest, found, lost} = withoutPictures(html);
  const {fit, sentence} = files.sorted(found);
  if (data.range) data.range.select(); // where it was dropped
  cleaned(editor.config.portalPaste, rest).then(
    text => {
      const whole = text.replace(/<img src="\/media\/anh\/dan\/(\d+)\.gif"[^>]*>/g,
        (_, at) => (fit[at] ? files.placed(editor, [fit[at]]) : ''));
      editor.focus();
      editor.insertHtml(whole);
      editor.fire('afterPaste', {type: 'html'});
      const said = [sentence];
      if (lost) said.push(`${lost} ảnh trong đoạn dán không lấy được: hãy thả tệp ảnh vào bài, hoặc dùng “Nhập từ Word”.`);
      else if (!text.trim()) said.push('Đoạn dán không có chữ hay ảnh nào giữ lại được.');
      if (said.join('')) files.tell(editor, said.join(' ').trim());
    },
    error => {
      // Without the server the words alone are put in: they cannot do harm, and nobody loses them.
      const words = (data.dataTransfer && data.dataTransfer.getData('text/plain', true)) || '';
      if (words) editor.insertText(words);
      files.tell(editor, error.message || (words ? 'Chưa giữ được đề mục, danh sách, bảng và ảnh: mới dán phần chữ.'
        : 'Chưa dán được: máy chủ không trả lời. Hãy thử lại.'));
    },
  );
}

function attach(editor) {
  speak(editor);
  files.attach(editor);
  picture.attach(editor, files.insertFiles);
  editor.on('paste', event => {
    const data = event.data;
    const own = data.dataTransfer && data.dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
    if (own || !editor.config.portalPaste) return;
    const html = rawHtml(data);
    const sent = filesOf(data);
    if (sent.length && !hasWords(html) && !html.includes(OWN)) {
      const {fit, sentence} = files.sorted(sent);
      if (sentence) files.tell(editor, sentence);
      if (!fit.length) event.cancel();
      else Object.assign(data, {type: 'html', dataValue: files.placed(editor, fit), dontFilter: true});
    } else if (html.includes('<')) {
      event.cancel();
      pasteHtml(editor, data, html);
    }
  }, null, null, 0); // before the editor's own filters, which parse what they get
}

Object.values(CKEDITOR.instances).forEach(attach);
CKEDITOR.on('instanceCreated', event => attach(event.editor));
