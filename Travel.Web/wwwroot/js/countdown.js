// Counts the time that is left down to zero, then loads the page again: the server knows what has become of it. How much is left is the
// server's to say; from then on it is counted by a clock that nobody sets. The visitor's own may be wrong by hours.
for (const countdown of document.querySelectorAll('.countdown[data-seconds]')) {
  const end = performance.now() + Number(countdown.dataset.seconds) * 1000;
  const shown = countdown.querySelector('[data-left]');
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
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
