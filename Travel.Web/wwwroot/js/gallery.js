// Buttons that turn the photos of a stay one by one, and a count of where one is.

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector(".gallery-strip");
  const photos = [...strip.children];
  const count = gallery.querySelector(".gallery-count");
  if (photos.length < 2) {
    continue;
  }

  const current = () => {
    const middle = strip.scrollLeft + strip.clientWidth / 2;
    const index = photos.findIndex(photo => photo.offsetLeft - strip.offsetLeft + photo.offsetWidth > middle);
    return index < 0 ? photos.length - 1 : index;
  };

  const turn = by => {
    const next = (current() + by + photos.length) % photos.length;
    strip.scrollTo({ left: photos[next].offsetLeft - strip.offsetLeft });
  };

  const button = (label, sign, by) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "gallery-button";
    made.setAttribute("aria-label", label);
    made.textContent = sign;
    made.addEventListener("click", () => turn(by));
    return made;
  };

  strip.addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) {
      event.preventDefault();
      turn(by);
    }
  });

  let timer = 0;
  const say = () => { count.textContent = `Photo ${current() + 1} of ${photos.length}`; };
  strip.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(say, 100);
  });

  say();
  gallery.append(button("Previous photo", "‹", -1), button("Next photo", "›", 1));
}
