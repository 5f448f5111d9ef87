// Files dropped onto a file field go into it; pictures dropped onto the library go up one by one, each with its answer.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("input[type=file][data-drop]")) dropInto(field);
  for (const area of document.querySelectorAll("[data-drop-many]")) sendMany(area);
});

function onDrop(target, take) {
  const over = (on) => target.classList.toggle("drop--over", on);
  target.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  target.addEventListener("dragleave", () => over(false));
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
}

function dropInto(field) {
  const row = field.closest(".form-row") || field.parentElement;
  row.classList.add("drop-row");
  const picture = document.createElement("img");
  picture.className = "drop-row__picture";
  picture.alt = "";
  picture.hidden = true;
  field.after(picture);
  onDrop(row, (files) => {
    const one = new DataTransfer();
    one.items.add(files[0]);
    field.files = one.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.addEventListener("change", () => {
    const file = field.files[0];
    picture.hidden = !file || !file.type.startsWith("image/");
    // The page's policy lets data: show, blob: not.
    if (!picture.hidden) {
      const reader = new FileReader();
      reader.onload = () => { picture.src = reader.result; };
      reader.readAsDataURL(file);
    }
  });
}

function sendMany(area) {
  const list = area.querySelector(".drop__list");
  area.hidden = false;
  const send = async (files) => {
    const done = [];
    for (const file of files) {
      const line = document.createElement("li");
      line.textContent = `${file.name}: đang tải lên …`;
      list.append(line);
      const answer = await sendOne(area.dataset.dropMany, file);
      line.textContent = `${file.name}: ${answer.uploaded ? "đã lưu" : "chưa lưu"}. ${answer.error ? answer.error.message : ""}`;
      line.classList.toggle("drop__failed", !answer.uploaded);
      if (answer.uploaded && !answer.alt) done.push(answer.id);
    }
    if (done.length) {
      const next = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${area.dataset.dropNext}?anh=${done.join(",")}`;
      link.textContent = `Ghi mô tả cho ${done.length} ảnh vừa tải lên`;
      next.append(link);
      list.append(next);
      link.focus();
    }
  };
  onDrop(area, send);
  const field = area.querySelector("input[type=file]");
  field.addEventListener("change", () => { if (field.files.length) send([...field.files]); });
}

async function sendOne(address, file) {
  const form = new FormData();
  form.append("upload", file, file.name);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  try {
    const response = await fetch(address, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
    if (response.headers.get("Content-Type").startsWith("application/json")) return await response.json();
    return { uploaded: 0, error: { message: "Máy chủ từ chối: tệp quá lớn, hoặc bạn không có quyền." } };
  } catch {
    return { uploaded: 0, error: { message: "Mất kết nối: hãy thử lại." } };
  }
}
