// Shows the price of a stay as soon as its dates and guests are known. The server makes it; without this file it is on the next page.

const pause = 250; // ms; somebody who types a date changes it several times

for (const place of document.querySelectorAll("[data-quote]")) {
  const form = place.closest("form");
  const fields = ["checkIn", "checkOut", "guests"].map(name => form.elements.namedItem(name));
  let asked = null;
  let timer = 0;

  async function show() {
    asked?.abort();
    if (fields.some(field => field.value === "")) {
      place.replaceChildren();
      return;
    }

    asked = new AbortController();
    const question = new URLSearchParams(fields.map(field => [field.name, field.value]));
    try {
      const answer = await fetch(`${place.dataset.quote}?${question}`, { signal: asked.signal });
      const html = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.text() : "";
      place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
    } catch (error) {
      // A newer question, or no connection: an old price must not stand beside new dates.
      if (error.name !== "AbortError") {
        place.replaceChildren();
      }
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, pause);
  });
}
