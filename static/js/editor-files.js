// Files that CKEditor sends carry Django's token, taken from the form around the editor; the cookie is out of reach.
(() => {
  "use strict";

  const token = (editor) => {
    const form = editor.element.$.form || document;
    const field = form.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };

  const hook = (editor) => {
    editor.on("fileUploadRequest", (event) => {
      event.data.fileLoader.xhr.setRequestHeader("X-CSRFToken", token(editor));
    });
    editor.on("fileUploadResponse", (event) => {
      const { xhr } = event.data.fileLoader;
      if ((xhr.getResponseHeader("Content-Type") || "").startsWith("application/json")) return;
      event.data.message = "Máy chủ từ chối: tệp quá lớn, hoặc bạn không có quyền.";
      event.cancel();
    }, null, null, 1);
  };

  const begin = () => {
    if (!window.CKEDITOR) return;
    window.CKEDITOR.on("instanceCreated", ({ editor }) => hook(editor));
    Object.values(window.CKEDITOR.instances).forEach(hook);
  };

  if (window.CKEDITOR) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
