// Keeps the parts of a page that have data-live and an id as they are at the server: asks for the page again every few seconds and takes
// those parts over. Not while nobody looks at the page, somebody types or has said so; and what somebody is at or has marked stays as it is.
// A server that does not answer is asked less and less often.

const every = 5000; // ms
const atLeast = 60000; // ms
const frames = ".table-frame";
const note = document.querySelector("[data-live-note]");
const [said, button] = note.children;
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
  if (!document.hidden && !document.activeElement?.matches("input, textarea, select")) {
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
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && !still && !isInUse(part) && fresh.innerHTML !== part.innerHTML) {
        replace(part, fresh);
      }
    }

    tell("");
    return true;
  } catch {
    tell("Not up to date since");
    return false;
  }
}

function isInUse(part) {
  const at = document.activeElement;
  const marked = getSelection();
  return (part !== at && part.contains(at) && !at.matches(frames)) || (!marked.isCollapsed && part.contains(marked.anchorNode));
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
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
tell("");
note.hidden = false;
timer = setTimeout(look, every);
