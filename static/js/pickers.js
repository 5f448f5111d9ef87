// The admin's searchable lists (select2) have no name of their own: they take their label's, once Django has made them.
django.jQuery(() => {
  for (const label of document.querySelectorAll("label[for]")) {
    const box = document.getElementById(`select2-${label.htmlFor}-container`);
    if (box) box.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  }
});
