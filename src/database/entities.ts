import { Account } from '../accounts/account.entity.js';
import { OneTimeLink } from '../accounts/one-time-link.entity.js';
import { RoleGrant } from '../accounts/role-grant.entity.js';
import { Session } from '../accounts/session.entity.js';
import { SignInFailure } from '../accounts/sign-in-failure.entity.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { AuditHead } from '../audit/audit-head.entity.js';
import { AuditText } from '../audit/audit-text.entity.js';
import { Category } from '../contests/category.entity.js';
import { Community } from '../contests/community.entity.js';
import { Contest } from '../contests/contest.entity.js';
import { Declaration } from '../contests/declaration.entity.js';
import { PrizeTier } from '../contests/prize-tier.entity.js';
import { Subject } from '../contests/subject.entity.js';
import { Certificate } from '../exports/certificates/certificate.entity.js';
import { JudgeConflict } from '../judging/judge-conflict.entity.js';
import { RoundEntry } from '../judging/round-entry.entity.js';
import { RoundJudge } from '../judging/round-judge.entity.js';
import { Round } from '../judging/round.entity.js';
import { SheetVersion } from '../judging/sheet-version.entity.js';
import { TaskRemarks } from '../judging/task-remarks.entity.js';
import { Task } from '../judging/task.entity.js';
import { UnitMember } from '../judging/units/unit-member.entity.js';
import { Unit } from '../judging/units/unit.entity.js';
import { FileCheck } from '../media/file-check.entity.js';
import { MediaHash } from '../media/media-hash.entity.js';
import { BetterOriginal } from '../media/better-original.entity.js';
import { Media } from '../media/media.entity.js';
import { NearDuplicate } from '../media/near-duplicate.entity.js';
import { Publication } from '../media/publication.entity.js';
import { RevokedGrant } from '../media/revoked-grant.entity.js';
import { WholeSize } from '../media/whole-size.entity.js';
import { Mail } from '../messages/mail.entity.js';
import { StoredMessage } from '../messages/message.entity.js';
import { OneTimeCode } from '../messages/one-time-code.entity.js';
import { PersonalExport } from '../privacy/personal-export.entity.js';
import { Award } from '../results/award.entity.js';
import { NoticeSettings } from '../results/notice/notice-settings.entity.js';
import { Notice } from '../results/notice/notice.entity.js';
import { Objection, ObjectionFile } from '../results/notice/objection.entity.js';
import { ResultEntry } from '../results/result-entry.entity.js';
import { Result } from '../results/result.entity.js';
import { TieDecision } from '../results/ties/tie-decision.entity.js';
import { Author } from '../submissions/author.entity.js';
import { Submission } from '../submissions/submission.entity.js';
import { Upload } from '../submissions/upload.entity.js';
import { Payee } from '../winners/payee.entity.js';
import { PaymentSettings } from '../winners/payment-settings.entity.js';

/** Every table, named one by one: what isn't here has none. */
export const entities = [
  Account,
  AuditEntry,
  AuditHead,
  AuditText,
  Author,
  Award,
  Category,
  Certificate,
  Community,
  Contest,
  Declaration,
  FileCheck,
  JudgeConflict,
  Mail,
  Media,
  MediaHash,
  NearDuplicate,
  Notice,
  NoticeSettings,
  Objection,
  BetterOriginal,
  ObjectionFile,
  OneTimeCode,
  OneTimeLink,
  Payee,
  PaymentSettings,
  PersonalExport,
  PrizeTier,
  Publication,
  Result,
  ResultEntry,
  RevokedGrant,
  RoleGrant,
  Round,
  RoundEntry,
  RoundJudge,
  Session,
  SheetVersion,
  SignInFailure,
  Subject,
  StoredMessage,
  Submission,
  Task,
  TaskRemarks,
  Unit,
  UnitMember,
  TieDecision,
  Upload,
  WholeSize,
];
