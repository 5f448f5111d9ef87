// How a reader wants every page: size of the text and contrast, remembered on this device alone. The only script that
// holds up a page, so that none is drawn twice; it must stay this small.
{
  const SIZES = ["87.5%", "", "112.5%", "125%", "150%", "175%"]; // of the browser's own size, which the second is
  const root = document.documentElement;

  const recall = (name) => {
    try { return localStorage.getItem(name); } catch { return null; } // storage may be refused
  };
  const keep = (name, value) => {
    try { localStorage.setItem(name, value); } catch { /* then it lasts as long as the page */ }
  };

  let size;
  let high;
  const remember = () => {
    size = Number(recall("co-chu") ?? 1);
    if (!(size in SIZES)) size = 1;
    // Whoever never pressed the button has what the system asks for.
    high = recall("tuong-phan") ? recall("tuong-phan") === "cao" : matchMedia("(prefers-contrast: more)").matches;
  };

  const show = () => {
    root.style.fontSize = SIZES[size];
    root.toggleAttribute("data-contrast", high);
    for (const button of document.querySelectorAll("[data-contrast-switch]")) button.setAttribute("aria-pressed", high);
  };

  root.classList.add("scripted");
  remember();
  show();
  document.addEventListener("DOMContentLoaded", show);
  // Open in two tabs, or gone back to: every page looks as it was asked last.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    remember();
    show();
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-size-step], [data-contrast-switch]");
    if (!button) return;
    if ("sizeStep" in button.dataset) {
      const step = Number(button.dataset.sizeStep);
      size = step ? Math.min(SIZES.length - 1, Math.max(0, size + step)) : 1;
      keep("co-chu", size);
    } else {
      high = !high;
      keep("tuong-phan", high ? "cao" : "thuong");
    }
    show();
    const said = "sizeStep" in button.dataset ? `Cỡ chữ ${(SIZES[size] || "100%").replace(".", ",")}` : "";
    button.closest(".display").querySelector("[role=status]").textContent = said;
  });
}
