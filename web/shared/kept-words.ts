/**
 * What was typed and is not on the server yet, kept on this device until it is: it survives a reload, a crash and an
 * empty battery. By account and place, so that nobody else who signs in here is shown it.
 */
const PREFIX = 'dingge.kept.';

export function keepWords(accountId: string, place: string, words: unknown): void {
  try {
    localStorage.setItem(keyOf(accountId, place), JSON.stringify(words));
  } catch {
    // Private windows and full storages keep nothing; the server still does.
  }
}

/** What was kept there last; the caller knows its shape, and it may be of an earlier version of the page. */
export function keptWords(accountId: string, place: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(accountId, place)) ?? 'null');
  } catch {
    return null;
  }
}

export function dropWords(accountId: string, place: string): void {
  try {
    localStorage.removeItem(keyOf(accountId, place));
  } catch {
    // As above.
  }
}

/** For whoever signs out: the device may be lent to somebody else next. */
export function dropAllWords(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

function keyOf(accountId: string, place: string): string {
  return `${PREFIX}${accountId}.${place}`;
}
