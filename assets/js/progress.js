// On the page of a report that is being made: looks how far it is, says so where it changes, and begins the
// download when it is there. Without this script the page loads itself again.

const OFTEN = 2000; // milliseconds between looks
const SELDOM = 10000; // after the first minute
const LONG = 600000; // then a page that nobody closed looks no more

const place = document.getElementById("progress");
const began = Date.now();

async function look() {
  try {
    const response = await fetch(place.dataset.look, { headers: { "X-Autosave": "1" } });
    if (response.status === 401 || response.status === 404) return location.reload(); // which says what to do
    if (response.ok) tell(await response.json());
  } catch {
    // the connection is lost for now: the next look may work
  }
  const gone = Date.now() - began;
  if (gone < LONG) setTimeout(look, gone < 60000 ? OFTEN : SELDOM);
}

function tell({ state, words }) {
  if (state === "made" || state === "failed") return location.replace(`${place.dataset.look}?look=1`);
  if (place.textContent !== words) place.textContent = words; // said again only where it is news
}

if (place?.dataset.file) location.assign(place.dataset.file);
else if (place?.dataset.look) setTimeout(look, OFTEN);
