/** What is known of a work of somebody who gives his account up. */
export interface Fated {
  status: string;
  inJudging: boolean;
  /** Whether it is, or was, in a round. */
  entered: boolean;
  /** Whether a round of its category was ever opened. */
  begun: boolean;
}

/**
 * A work goes as long as nothing was decided about it: until judging of its category begins, and afterwards where
 * it was never sent in, or was taken back. Any other is part of what was compared, and stays without a name.
 */
export function goes({ status, inJudging, entered, begun }: Fated): boolean {
  if (inJudging || entered) return false;
  return !begun || status === 'draft' || status === 'withdrawn';
}
