// What is typed and not yet saved: kept in this tab's own storage until the server has it, and no longer.

const PREFIX = "answer:";

// Storage can be full, switched off or forbidden; then nothing is kept, and the page says so while it is open.
export function keep(key, draft) {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function forget(key) {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // what cannot be reached keeps nothing either
  }
}

// The keys of all that waits to be saved.
export function keys() {
  try {
    return Object.keys(sessionStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export const keyOf = (form) => `${form.dataset.account}/${form.dataset.key}`;
