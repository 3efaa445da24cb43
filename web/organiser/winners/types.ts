import type { BetterState, TaxRule } from '../../shared/api-types-after';

export interface Told {
  realName: string;
  idType: 'resident' | 'other';
  idNumber: string;
  bank: string;
  account: string;
}

export interface Payee {
  submission: { id: string; number: string; title: string };
  category: string;
  tier: string;
  author: string;
  phone: string;
  amountFen: number;
  taxFen: number | null;
  state: 'none' | 'sent' | 'expired' | 'filled' | 'purged';
  linkExpiresAt: string | null;
  filledAt: string | null;
  purgeAt: string | null;
  told: Told | null;
  nameDiffers: boolean;
  samePerson: string[];
  sameAccount: string[];
  originals: HandedIn[];
}

/** Handed in by the winner beside the judged file. */
export interface HandedIn {
  position: number;
  state: BetterState;
  bytes: number;
  width: number | null;
  height: number | null;
  judged: { bytes: number; width: number | null; height: number | null };
  links: { small: string | null; original: string | null };
}

export interface TierToPay {
  id: string;
  category: string;
  name: string;
  amountFen: number;
  quota: number;
  awards: number;
  rule: TaxRule | null;
  taxFen: number | null;
}

export interface PayeeList {
  items: Payee[];
  tiers: TierToPay[];
  totals: {
    budgetFen: number;
    payableFen: number;
    vacantFen: number;
    taxFen: number | null;
    netFen: number | null;
  };
  purgeDays: number;
  holds: { code: string; detail: string } | null;
}
