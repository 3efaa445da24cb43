/** What follows from a locked result, as everybody may see it. */

export interface NoticeChange {
  kind: 'added' | 'removed' | 'moved';
  number: string;
  title: string;
  name: string;
  category: string;
  from: string | null;
  to: string | null;
}

/** 公示: names are masked by the server. */
export interface Notice {
  contest: { slug: string; title: string; timeZone: string };
  version: number;
  state: 'open' | 'closed';
  publishedAt: string;
  /** Days, as `2026-11-30`. */
  publishedOn: string;
  lastDay: string;
  closesAt: string;
  workingDays: number;
  daysLeft: number;
  calendarKnown: boolean;
  issuer: string;
  contact: string;
  phone: string;
  email: string;
  awards: number;
  categories: {
    name: string;
    hash: string;
    tiers: { name: string; awards: { number: string; title: string; name: string }[] }[];
  }[];
  /** Empty in a preview. */
  auditHead: string;
  objections: {
    received: number;
    answered: number;
    public: { number: number; answer: string; answeredAt: string }[];
  };
  /** The latest first. */
  versions: {
    version: number;
    publishedAt: string;
    lastDay: string;
    reason: string;
    changes: NoticeChange[];
  }[];
}

export interface OwnObjection {
  contest: { slug: string; title: string; timeZone: string };
  number: number;
  receivedAt: string;
  text: string;
  files: number;
  answer: string | null;
  answeredAt: string | null;
  /** When what was told goes. */
  purgeAt: string;
  purged: boolean;
}

export interface CertificateCheck {
  number: string;
  valid: boolean;
  contest: string;
  slug: string;
  name: string;
  title: string;
  category: string;
  tier: string;
  awardedAt: string;
}

export type TaxRule = 'none' | 'incidental' | 'manuscript' | 'labour';

/** A photo of a winner's work, and what was handed in beside it. */
export interface WinnerFile {
  position: number;
  bytes: number;
  width: number | null;
  height: number | null;
  better: { state: BetterState; bytes: number; width: number | null; height: number | null } | null;
}

/** The same file, one with less in it, of something else, or better: then the archive has it. */
export type BetterState = 'pending' | 'failed' | 'equal' | 'smaller' | 'different' | 'better';

export interface PayeeLink {
  contest: { slug: string; title: string; timeZone: string };
  work: { number: string; title: string };
  category: string;
  tier: string;
  author: string;
  amountFen: number;
  tax: { rule: TaxRule; fen: number } | null;
  expiresAt: string;
  purgeDays: number;
  originals: number;
  files: WinnerFile[];
}
