// This browser's own storage: one entry for each quick check, and one for each question that is half typed.

const PREFIX = "quick-check:";
const JOURNEY = `${PREFIX}journey:`;
const DRAFT = `${PREFIX}draft:`;
const CLEARED = `${PREFIX}cleared`;

// Storage can be full, switched off or forbidden; then every one of these says so and goes on.
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // what cannot be reached keeps nothing either
  }
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

export const journeyKey = (id) => JOURNEY + id;

export const draftKey = (id, criterion) => `${DRAFT}${id}:${criterion}`;

// The names of all that is typed and not yet sent in one quick check.
export const draftKeys = (id) => keys(draftKey(id, ""));

// All quick checks kept here, the newest first.
export function journeys() {
  return keys(JOURNEY)
    .map((key) => ({ key, id: key.slice(JOURNEY.length), ...read(key) }))
    .filter((journey) => journey.token)
    .sort((one, other) => other.at - one.at);
}

export function forget(id) {
  remove(journeyKey(id));
  draftKeys(id).forEach(remove);
}

// Nothing stays but the moment when all was cleared, by our server's clock.
export function clearAll(at) {
  keys(PREFIX).forEach(remove);
  write(CLEARED, { at });
}

export const clearedAt = () => read(CLEARED)?.at ?? 0;

export const isClearing = (event) => event.key === CLEARED;
