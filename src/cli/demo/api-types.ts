/** The parts of the API's answers that the demo reads. */

export interface Category {
  key: string;
  name: string;
  media: 'image' | 'video';
  limits: { seriesMin: number; seriesMax: number; perAuthor: number };
  onePrizePerPerson: boolean;
  prizeTiers: { id: string; name: string; quota: number; amountYuan: number }[];
}

export interface Contest {
  slug: string;
  title: string;
  timeZone: string;
  closesAt: string;
  now: string;
  phase: string;
  consentVersion: string;
  counts: { submissions: number };
  categories: Category[];
  communities: { id: string; name: string }[];
  subjects: { id: string; name: string }[];
}

export interface Session {
  account: { id: string; name: string; mustChangePassword: boolean } | null;
}

export interface Submission {
  id: string;
  media: { status: 'pending' | 'ready' | 'failed'; name: string; error: { message: string } | null }[];
}

export interface Round {
  id: string;
  done: number;
  total: number;
}

export interface TaskList {
  round: { criteria: { id: string; min: number; max: number; step: number }[] };
  items: { id: string; submission: { title: string; story: string } }[];
}

export interface Overview {
  media: { pending: number; ready: number; failed: number };
}

export interface Result {
  id: string;
  ranking: { tier: string | null }[];
  tiers: { id: string; filled: number }[];
  totals: { awards: number; amountYuan: number };
}
