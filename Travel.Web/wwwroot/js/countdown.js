// Counts the time that is left down to zero, then loads the page again: the server knows what has become of it.
for (const countdown of document.querySelectorAll('.countdown[data-until]')) {
  const until = Date.parse(countdown.dataset.until);
  const shown = countdown.querySelector('[data-left]');
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    shown.textContent = inWords(seconds);
    if (seconds === 0) {
      clearInterval(timer);
      location.reload();
    }
  }, 1000);
}

function inWords(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
