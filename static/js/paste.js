/* What is pasted or dropped into the editor is cleaned by the server before it is put in: one rule for what a text may
   hold, the one that it is saved by. Nothing of it is built in the page before, so nothing of it can load or run. */

const WAIT = 8000; // milliseconds

function rawHtml(data) {
  const transfer = data.dataTransfer;
  const html = transfer && transfer.getData('text/html', true);
  return html || (data.type === 'html' ? data.dataValue : '') || '';
}

// A picture copied from a page comes as a file and as an <img> of another host: the file is what can be kept.
function isPictureAlone(data, html) {
  const files = data.dataTransfer ? data.dataTransfer.getFilesCount() : 0;
  return files > 0 && !html.replace(/<!--[^]*?-->|<style[^]*?<\/style>|<[^>]*>|&nbsp;/gi, '').trim();
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

function attach(editor) {
  editor.on('paste', event => {
    const address = editor.config.portalPaste;
    const data = event.data;
    const own = data.dataTransfer && data.dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
    const html = own ? '' : rawHtml(data);
    if (!address || !html || !html.includes('<') || isPictureAlone(data, html)) return;
    event.cancel();
    cleaned(address, html).then(
      text => {
        editor.focus();
        editor.insertHtml(text);
        editor.fire('afterPaste', {type: 'html'});
      },
      error => {
        // Without the server the words alone are put in: they cannot do harm, and nobody loses them.
        const words = (data.dataTransfer && data.dataTransfer.getData('text/plain', true)) || '';
        if (words) editor.insertText(words);
        editor.showNotification(error.message || 'Chưa giữ được đề mục, danh sách và bảng: mới dán phần chữ.', 'warning', 6000);
      },
    );
  }, null, null, 0); // before the editor's own filters, which parse what they get
}

Object.values(CKEDITOR.instances).forEach(attach);
CKEDITOR.on('instanceCreated', event => attach(event.editor));
