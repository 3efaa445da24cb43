/** What is taken from strangers' metadata becomes a fact here: bounded, on one line, of this world. */

/** Text without control characters, on one line, at most `most` characters; null where nothing is left. */
export function clean(text: string | null | undefined, most = 60): string | null {
  if (!text) return null;
  const line = text
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\ufffd]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(line).slice(0, most).join('') || null;
}

export const positive = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null;

/** `Canon` and `Canon EOS 5D` make `Canon EOS 5D`; `SONY` and `D5403` make `SONY D5403`. */
export function cameraOf(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  const [brand = make] = make.split(' ');
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`.slice(0, 120);
}

/** Degrees, south and west negative. Zero and zero is a receiver without a fix, not a place in the Atlantic. */
export function placeOf(lat: number, lon: number): { lat: number; lon: number } | null {
  const sound = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return sound && !(lat === 0 && lon === 0) ? { lat, lon } : null;
}

/**
 * A moment as a clock showed it, `2019-08-30T10:11:12`, from EXIF's `2019:08:30 10:11:12` or ISO 8601, with what is
 * written of its zone behind it. Clocks that were never set write zeros, or the 31st of February.
 */
export function momentOf(written: string | null | undefined, zone = ''): string | null {
  const match =
    /^\s*(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/.exec(
      written ?? '',
    );
  if (!match) return null;
  const [, year, month, day, hour, minute, second = '00', own] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) return null;
  return iso + (own ? zoneIn(own) : zone);
}

/** `Z` or `+08:00`, from what is written with or without its colon; empty where it is no offset that a place on earth has. */
export function zoneIn(written: string | null | undefined): string {
  const text = (written ?? '').trim();
  if (text === 'Z') return text;
  const match = /^([+-])(0\d|1[0-4]):?([0-5]\d)$/.exec(text);
  return match ? `${match[1]}${match[2]}:${match[3]}` : '';
}

/** ISO 6709, as videos write a place: `+27.8250+113.0800+041.000/`, degrees with or without minutes and seconds. */
export function placeIn(written: string | null | undefined): { lat: number; lon: number } | null {
  const match = /^([+-]\d{2,6}(?:\.\d+)?)([+-]\d{3,7}(?:\.\d+)?)/.exec((written ?? '').trim().slice(0, 80));
  return match && placeOf(degrees(match[1], 2), degrees(match[2], 3));
}

function degrees(written: string, digits: 2 | 3): number {
  const [, sign, whole, fraction = ''] = /^([+-])(\d+)(\.\d+)?/.exec(written)!;
  const parts = [whole.slice(0, digits), whole.slice(digits, digits + 2), whole.slice(digits + 2)].filter(
    Boolean,
  );
  const size = parts.reduce((sum, one, index) => {
    const last = index === parts.length - 1;
    return sum + Number(last ? one + fraction : one) / 60 ** index;
  }, 0);
  return sign === '-' ? -size : size;
}
