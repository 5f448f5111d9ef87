// Suggestions under a search field while somebody types: a combobox with a list, as the ARIA Authoring Practices describe.
// Arrows walk the list, Enter opens what is chosen, Escape closes it; without this module the field is a plain one.
const PAUSE = 150;
const SHORTEST = 2;

export const suggest = (input) => {
  if (input.role === "combobox") return;
  const form = input.form;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let wait = 0;
  let asked = "";
  let request = null;
  let chosen = -1;

  list.id = `${input.id}-goi-y`;
  list.className = "suggestions";
  list.hidden = true;
  list.role = "listbox";
  list.ariaLabel = "Gợi ý tìm kiếm";
  status.className = "unseen";
  status.role = "status";
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);
  form.append(list, status);

  const options = () => [...list.children];

  const close = () => {
    list.hidden = true;
    input.ariaExpanded = "false";
    choose(-1);
  };

  const choose = (place) => {
    chosen = place;
    options().forEach((option, number) => { option.ariaSelected = String(number === place); });
    const option = options()[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const show = (found) => {
    list.replaceChildren(...found.map(({ text, kind, address }, number) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      const note = document.createElement("small");
      option.id = `${list.id}-${number}`;
      option.role = "option";
      option.dataset.address = address;
      label.textContent = text;
      note.textContent = kind;
      option.append(label, " ", note);
      return option;
    }));
    choose(-1);
    list.hidden = !found.length;
    input.ariaExpanded = String(!list.hidden);
    status.textContent = found.length ? `Có ${found.length} gợi ý, dùng phím mũi tên để chọn.` : "";
  };

  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    request?.abort();
    if (text.length < SHORTEST) return show([]);
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: request.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      // Only while it is still what stands there, and somebody is still there to choose.
      if (input.value.trim() === text && document.activeElement === input) show(found);
    } catch {
      // No network or a newer question: the field still searches.
    }
  };

  const open = (option) => { location.href = option.dataset.address; };

  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        list.hidden = false;
        input.ariaExpanded = "true";
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Beyond either end stands the field itself.
      choose(chosen + step > last ? -1 : chosen + step < -1 ? last : chosen + step);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      open(options()[chosen]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses the focus, or the list would be gone when the press ends.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  if (input.value !== input.defaultValue) ask();
};
