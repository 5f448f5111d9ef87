// Hands the address of the chosen picture or file to the editor that opened this window.
const number = document.body.dataset.function;

for (const button of document.querySelectorAll("[data-url]")) {
  button.addEventListener("click", () => {
    const editor = window.opener && window.opener.CKEDITOR;
    if (!editor || !number) return;
    editor.tools.callFunction(number, button.dataset.url);
    window.close();
  });
}
