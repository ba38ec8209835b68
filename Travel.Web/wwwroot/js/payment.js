// A page that comes back out of the browser's memory shows how paying stood before: ask the server how it stands.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// While the payment provider has no news yet, the page looks again by itself, as often as the server offers an address to look at.
for (const look of document.querySelectorAll("[data-looks-at]")) {
  look.hidden = false;
  setTimeout(() => location.replace(look.dataset.looksAt), 6000);
}
