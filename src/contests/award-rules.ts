/** Of works that the marks leave equal on the last place of a tier: the tie chain parts them; all get the prize; none does. */
export const quotaTies = ['resolve', 'expand', 'vacate'] as const;
export type QuotaTies = (typeof quotaTies)[number];

/**
 * 递补: who gets the place of a work that is disqualified after the result was locked. Everybody below moves up
 * (`cascade`); the next in order moves up and its own place stays empty (`fill_same_tier`); nobody (`leave_vacant`).
 */
export const promotions = ['cascade', 'fill_same_tier', 'leave_vacant'] as const;
export type Promotion = (typeof promotions)[number];
