// The button says what it will do: publish now, or at the moment that stands in the form.
const button = document.querySelector("[data-publish]");
const day = document.getElementById("id_publish_at_0");
const time = document.getElementById("id_publish_at_1");

const moment = () => {
  const date = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\s*$/.exec(day.value);
  const clock = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(time.value);
  if (!date || !clock) return null;
  const [d, m, y] = date.slice(1).map(Number);
  const [hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0));
  // The newsroom's clock is Hà Nội's, wherever the browser stands.
  return { at: Date.UTC(y, m - 1, d, hours - 7, minutes, seconds), d, m, y, hours, minutes };
};

const two = (number) => String(number).padStart(2, "0");

const say = () => {
  const found = moment();
  const text = found && found.at > Date.now()
    ? `Hẹn đăng ${two(found.hours)}:${two(found.minutes)} ngày ${two(found.d)}-${two(found.m)}-${found.y}`
    : button.dataset.now;
  if (button.textContent !== text) button.textContent = text;
};

if (button && day && time) {
  for (const field of [day, time]) {
    field.addEventListener("input", say);
    field.addEventListener("change", say);
  }
  // Django's calendar writes into the fields without an event.
  setInterval(say, 1_000);
  say();
}
