// Hands the chosen picture or file to the editor that opened this window, its description with it.
const number = document.body.dataset.function;

for (const button of document.querySelectorAll("[data-url]")) {
  button.addEventListener("click", () => {
    const editor = window.opener && window.opener.CKEDITOR;
    if (!editor || !number) return;
    editor.tools.callFunction(number, button.dataset.url, function described() {
      const dialog = this.getDialog();
      for (const id of ["txtAlt", "alt"]) {
        const field = button.dataset.alt && dialog.getContentElement("info", id);
        if (field) field.setValue(button.dataset.alt);
      }
    });
    window.close();
  });
}
