/** A cursor is opaque to the client: the sort key of the last row that it has. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key in a cursor, or null when it is absent or not one of ours (then the list begins anew). */
export function decodeCursor(cursor: string | undefined): (string | number)[] | null {
  if (!cursor || cursor.length > 500) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(key) && key.every((part) => typeof part === 'string' || typeof part === 'number')
      ? key
      : null;
  } catch {
    return null;
  }
}
