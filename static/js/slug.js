// Fills a slug from the field it follows, by the same rule as news/vietnamese.py, until someone types one by hand.
(() => {
  "use strict";
  const LENGTH = 120;

  const slugify = (text, letters) => {
    const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]+/g, "")
      .replace(/./gsu, (character) => letters[character] ?? character);
    const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    if (slug.length <= LENGTH) return slug;
    const end = slug.slice(0, LENGTH + 1).lastIndexOf("-");
    return slug.slice(0, end > 0 ? end : LENGTH);
  };

  const follow = (field) => {
    const source = document.getElementById(`id_${field.dataset.slugSource}`);
    if (!source) return;
    const letters = JSON.parse(field.dataset.slugLetters);
    // A slug that stands is an address that people know: only an empty one follows the title.
    let following = field.value === "";
    field.addEventListener("input", () => { following = field.value === ""; });
    source.addEventListener("input", () => {
      if (following) field.value = slugify(source.value, letters);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-slug-source]").forEach(follow);
  });
})();
