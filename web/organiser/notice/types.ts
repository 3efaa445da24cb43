import type { Notice } from '../../shared/api-types-after';

export interface NoticeDesk {
  notice: Notice | null;
  /** The results changed after it was published. */
  outdated: boolean;
  lockedCategories: string[];
  missingCategories: string[];
  holds: { code: string; detail: string } | null;
}

export interface NoticeSettings {
  issuer: string;
  contact: string;
  phone: string;
  email: string;
  workingDays: number;
  daysOff: string[];
  extraWorkDays: string[];
}

export interface Objection {
  id: string;
  number: number;
  noticeVersion: number;
  work: { id: string; number: string; title: string } | null;
  name: string;
  phone: string;
  text: string;
  receivedAt: string;
  files: { id: string; name: string; mime: string; bytes: number; link: string }[];
  answer: string;
  answerPublic: boolean;
  answeredAt: string | null;
  purgeAt: string;
  /** What was told is gone; an answer that was not public, too. */
  purged: boolean;
}
