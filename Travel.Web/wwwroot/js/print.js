// A button with data-prints prints the page. Without script it stays hidden, and the browser's own way to print is there.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
