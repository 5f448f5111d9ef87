// Says while a new password is typed how far it would hold; the server decides, this only helps.

const WORDS = ["", "Quá ngắn", "Yếu", "Được", "Mạnh"];
const USUAL = /matkhau|password|quantri|admin|12345|abc|qwerty|anhyeuem|vietnam|songcong|(19|20)\d\d/g;

function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");
}

/** 0 for nothing typed, 1 too short, 2 weak, 3 fair, 4 strong. */
export function strength(password, least, names = []) {
  const length = [...password.normalize("NFC")].length;
  if (!length) return 0;
  if (length < least) return 1;
  let left = fold(password).replace(/[^a-z0-9]/g, "");
  const bare = left;
  for (const name of names) if (name.length > 2) left = left.replaceAll(name, "");
  left = left.replace(USUAL, "");
  if (new Set(password).size < 5 || (left.length < 6 && left.length < bare.length)) return 2;
  return length >= least + 4 ? 4 : 3;
}

for (const input of document.querySelectorAll("input[data-strength]")) {
  const least = Number(input.dataset.strength);
  const owner = input.form.elements.username?.value ?? "";
  const names = fold(owner).split(/[^a-z0-9]+/).filter(Boolean);
  const box = document.createElement("p");
  box.className = "strength";
  const meter = document.createElement("meter");
  Object.assign(meter, { min: 0, max: 4, low: 2.5, high: 3.5, optimum: 4, value: 0 });
  meter.setAttribute("aria-label", "Độ mạnh của mật khẩu");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  box.append(meter, said);
  input.after(box);
  input.addEventListener("input", () => {
    const found = strength(input.value, least, names);
    meter.value = found;
    said.textContent = found ? `${WORDS[found]} (${[...input.value].length} ký tự)` : "";
  });
}
