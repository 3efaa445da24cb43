/** A number field while it is typed: empty is no number. */
export type NumberField = number | '';

export function isWithin(value: NumberField, least: number, most: number): boolean {
  return value !== '' && Number.isInteger(value) && value >= least && value <= most;
}
