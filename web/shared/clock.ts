/** Server's clock minus this device's: phones are minutes off, some a year, and deadlines are the server's. */
let offset = 0;

/** @param now the server's, as an answer that just came tells it */
export function setServerNow(now: string): void {
  offset = new Date(now).getTime() - Date.now();
}

/** Milliseconds since 1970 by the server's clock; by this device's until an answer has told it. */
export function serverNow(): number {
  return Date.now() + offset;
}
