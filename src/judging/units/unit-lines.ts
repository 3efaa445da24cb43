/** Somebody who can be of a unit, as a pasted list may name him. */
export interface UnitPerson {
  of: 'judge' | 'author';
  id: string;
  name: string;
  phone: string | null;
}

/** A line of a pasted list: a name, a phone number or both, and a unit; without one the person is taken out of his. */
export interface UnitLine {
  who: string;
  unit: string | null;
}

/** `unit` null takes somebody out of his unit. */
export interface Membership {
  of: UnitPerson['of'];
  id: string;
  unit: string | null;
}

const separator = /\s*(?:\t|→|->|=>|[,，;；|])\s*/;

/** As it comes from a spreadsheet, a chat or a keyboard. Empty lines, and lines of a single word, name nobody. */
export function linesOf(text: string): UnitLine[] {
  return text.split(/\r?\n/).flatMap((raw) => {
    const line = raw.normalize('NFC').trim();
    if (line === '') return [];
    const cells = line.split(separator);
    // Without a separator the last word is the unit: 张三 13800000001 文化馆.
    const words = cells.length > 1 ? cells : line.split(/\s+/);
    if (words.length < 2) return [{ who: line, unit: null }];
    const unit = words.at(-1)!.trim();
    return [{ who: words.slice(0, -1).join(' ').trim(), unit: unit === '' ? null : unit }];
  });
}

export interface Resolved {
  members: Membership[];
  /** What the lines say that name nobody, and those that name several people. */
  unknown: string[];
  ambiguous: string[];
}

/** Whom the lines mean. One person may be judge and author; two of one name are told apart by their numbers. */
export function resolveLines(lines: readonly UnitLine[], people: readonly UnitPerson[]): Resolved {
  const byName = Map.groupBy(people, ({ name }) => name);
  const byPhone = Map.groupBy(people, ({ phone }) => phone);
  const resolved: Resolved = { members: [], unknown: [], ambiguous: [] };
  for (const { who, unit } of lines) {
    const phone = /(?<!\d)1\d{10}(?!\d)/.exec(who)?.[0] ?? null;
    const name = (phone === null ? who : who.replace(phone, '')).trim();
    const named = name === '' ? null : (byName.get(name) ?? []);
    const found =
      phone === null ? named! : (byPhone.get(phone) ?? []).filter((one) => named?.includes(one) ?? true);
    const persons = new Set(found.map((one) => `${one.name}|${one.phone ?? one.id}`));
    if (persons.size === 0) resolved.unknown.push(who);
    else if (persons.size > 1) resolved.ambiguous.push(who);
    else resolved.members.push(...found.map(({ of, id }) => ({ of, id, unit })));
  }
  return resolved;
}
