// Files that CKEditor sends carry Django's token, taken from the form around the editor; the cookie is out of reach.
(() => {
  const token = (editor) => {
    const form = editor.element.$.form || document;
    const field = form.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };
  const begin = () => {
    if (!window.CKEDITOR) return;
    window.CKEDITOR.on("instanceCreated", ({ editor }) => {
      editor.on("fileUploadRequest", (event) => {
        event.data.fileLoader.xhr.setRequestHeader("X-CSRFToken", token(editor));
      }, null, null, 20);
      editor.on("fileUploadResponse", (event) => {
        const { xhr } = event.data.fileLoader;
        if (!(xhr.getResponseHeader("Content-Type") || "").startsWith("application/json")) {
          event.data.message = "Máy chủ từ chối: tệp quá lớn, hoặc bạn không có quyền.";
          event.cancel();
        }
      }, null, null, 1);
    });
  };
  begin();
})();
