// Keeps the parts of a page that have data-live and an id as they are at the server: asks for the page again every few seconds and takes
// those parts over. Not while nobody looks at the page or somebody has said so. What somebody is at, has marked or is about to click stays as
// it is, and all while somebody types. A server that does not answer is asked less and less often.

const every = 5000; // ms
const atLeast = 60000; // ms
const resting = 5000; // ms after which a pointer that has not moved clicks nothing any more
const frames = ".table-frame";
const note = document.querySelector("[data-live-note]");
const [said, button] = note.children;
const pointer = { movedAt: -Infinity };
let timer = 0;
let pause = every;
let looking = false;
let still = false;
let told;

async function look() {
  clearTimeout(timer);
  if (looking || still) {
    return;
  }

  looking = true;
  if (!document.hidden) {
    const answered = await takeOver();
    pause = answered ? every : Math.min(2 * pause, atLeast);
  }

  looking = false;
  timer = setTimeout(look, pause);
}

async function takeOver() {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(2 * every) });
    if (!answer.ok || answer.redirected) {
      throw new Error(`The page answered ${answer.status}.`);
    }

    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const changed = [...document.querySelectorAll("[data-live]")]
      .map((part) => ({ part, fresh: page.getElementById(part.id) }))
      .filter(({ part, fresh }) => fresh && !still && fresh.innerHTML !== part.innerHTML);
    const held = changed.filter(({ part }) => isInUse(part));
    changed.filter((change) => !held.includes(change)).forEach(({ part, fresh }) => replace(part, fresh));
    tell(held.length ? "Held back while you are at it, since" : "");
    return true;
  } catch {
    tell("Not up to date since");
    return false;
  }
}

function isInUse(part) {
  const at = document.activeElement;
  const marked = getSelection();
  return at?.matches("input, textarea, select")
    || (part !== at && part.contains(at) && !at.matches(frames))
    || (!marked.isCollapsed && part.contains(marked.anchorNode))
    || (performance.now() - pointer.movedAt < resting && part.querySelector(":is(a, button):hover"));
}

// A frame stays scrolled to where it is, which matters where it is narrow; and who was at it still is.
function replace(part, fresh) {
  const before = [...part.querySelectorAll(frames)].map((frame) => ({ left: frame.scrollLeft, isAt: frame === document.activeElement }));
  part.replaceChildren(...fresh.childNodes);
  part.querySelectorAll(frames).forEach((frame, index) => {
    frame.scrollLeft = before[index]?.left ?? 0;
    if (before[index]?.isAt) {
      frame.focus({ preventScroll: true });
    }
  });
}

// Whoever looks at what is old has to know since when it is.
function tell(trouble) {
  const now = still ? "Held still since" : trouble;
  if (now !== told) {
    told = now;
    said.textContent = now ? `${now} ${new Date().toLocaleTimeString()}.` : "Looks again by itself every few seconds.";
  }
}

button.addEventListener("click", () => {
  still = !still;
  button.textContent = still ? "Go on" : "Hold still";
  tell("");
  look();
});
// Browsers also say that it has moved when only the page has, below it.
document.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (clientX !== pointer.clientX || clientY !== pointer.clientY) {
    Object.assign(pointer, { clientX, clientY, movedAt: performance.now() });
  }
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
tell("");
note.hidden = false;
timer = setTimeout(look, every);
