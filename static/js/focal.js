// The focal point: pressed on the picture, or moved with the arrow keys; the two number fields hold it (per cent).
document.addEventListener("DOMContentLoaded", () => {
  const picture = document.querySelector("[data-focal-picture]");
  const [x, y] = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id));
  if (!picture || !x || !y) return;

  const frame = document.createElement("div");
  frame.className = "focal";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Tâm ảnh: bấm vào chỗ cần giữ lại, hoặc dùng các phím mũi tên");
  const point = document.createElement("span");
  point.className = "focal__point";
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  picture.replaceWith(frame);
  frame.append(picture, point, spoken);

  const within = (value) => Math.min(100, Math.max(0, Math.round(value)));
  const show = () => {
    point.style.left = `${within(Number(x.value) || 0)}%`;
    point.style.top = `${within(Number(y.value) || 0)}%`;
  };
  const move = (left, top) => {
    x.value = within(left);
    y.value = within(top);
    spoken.textContent = `Tâm ảnh: ngang ${x.value} %, dọc ${y.value} %`;
    show();
  };
  frame.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  frame.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 2;
    move(Number(x.value) + step[0] * far, Number(y.value) + step[1] * far);
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  show();
});
