// Shows the places somebody may mean below the field in which they write one: a combobox as the ARIA Authoring Practices describe it.
// Without this file the field takes any words.

const pause = 150; // ms; nobody reads a list that changes with every letter

for (const place of document.querySelectorAll("[data-places]")) {
  const field = place.querySelector("input[type=search]");
  const chosen = place.querySelector("input[type=hidden]");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let asked = null;
  let timer = 0;
  let active = -1;

  list.id = `${field.id}-places`;
  list.className = "place-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Places");
  told.className = "unseen";
  told.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }
  place.append(list, told);
  choose(chosen.value);

  // One place is sent as a place, anything else as words.
  function choose(name) {
    chosen.value = name;
    chosen.disabled = name === "";
    field.name = name === "" ? "q" : "";
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    mark(-1);
    field.setAttribute("aria-expanded", "false");
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function take(option) {
    field.value = option.dataset.place;
    choose(option.dataset.place);
    close();
  }

  async function show() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${place.dataset.places}?${new URLSearchParams({ q: field.value })}`, { signal: asked.signal });
      const html = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.text() : "";
      list.replaceChildren(...new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html").querySelectorAll("li"));
      list.hidden = list.children.length === 0;
      mark(-1);
      field.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = list.hidden ? "" : `${list.children.length} ${list.children.length === 1 ? "place" : "places"}`;
    } catch (error) {
      // A newer letter, or no connection: then there is no list.
      if (error.name !== "AbortError") {
        close();
      }
    }
  }

  field.addEventListener("input", () => {
    choose("");
    clearTimeout(timer);
    if (field.value.trim().length < 2) {
      close();
    } else {
      timer = setTimeout(show, pause);
    }
  });

  field.addEventListener("keydown", event => {
    const count = list.children.length;
    if (list.hidden || count === 0) {
      return;
    }

    if (event.key === "ArrowDown") {
      mark((active + 1) % count);
    } else if (event.key === "ArrowUp") {
      mark(active <= 0 ? count - 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      take(list.children[active]);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }

    event.preventDefault();
  });

  // Before the field loses the focus, and with it the list.
  list.addEventListener("pointerdown", event => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      take(option);
    }
  });

  field.addEventListener("blur", close);
}
