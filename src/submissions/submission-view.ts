import type { Language } from '../common/problem.js';
import { failureMessage } from '../media/failure-words.js';
import type { Links } from '../media/media-links.service.js';
import type { Media } from '../media/media.entity.js';
import { captureDay, type CaptureRule } from './capture.js';
import type { Check } from './check.js';
import { checkMedia } from './checks.js';
import { checkDouyin } from './douyin-checks.js';
import type { MediaView, SubmissionView } from './dto.js';
import type { Submission } from './submission.entity.js';

/** Checks that other rows have a part in, by the ids of works and of files. */
export interface FoundChecks {
  ofWorks: Map<string, Check[]>;
  ofMedia: Map<string, Check[]>;
}

/** A work as its owner and the organisers see it. The row comes with category, author, community and subject. */
export function viewSubmission(
  submission: Submission,
  media: Media[],
  rule: CaptureRule,
  linksOf: (media: Media) => Links,
  receipt: string | null,
  language: Language,
  found?: FoundChecks,
): SubmissionView {
  const { category, author, community, subject } = submission;
  return {
    id: submission.id,
    number: submission.number,
    status: submission.status,
    category: category.key,
    title: submission.title,
    story: submission.story,
    community: community && { id: community.id, name: submission.communityName ?? community.name },
    subject: subject && { id: subject.id, name: subject.name },
    author: { id: author.id, name: author.name, phone: author.phone ?? '' },
    takenOn: submission.takenOn,
    takenPlace: submission.takenPlace,
    douyinText: submission.douyinText,
    authorAgreedAt: submission.authorAgreedAt?.toISOString() ?? null,
    consent:
      submission.consentVersion === null
        ? null
        : { version: submission.consentVersion, at: submission.consentedAt?.toISOString() ?? null },
    createdAt: submission.createdAt.toISOString(),
    submittedAt: submission.submittedAt?.toISOString() ?? null,
    reason: submission.reason,
    repairUntil: submission.status === 'returned' ? (submission.repairUntil?.toISOString() ?? null) : null,
    receipt: receipt === null ? null : { url: receipt },
    media: media.map((file) =>
      viewMedia(
        file,
        [...checkMedia(file, category.limits.minEdge, rule), ...(found?.ofMedia.get(file.id) ?? [])],
        linksOf(file),
        language,
        rule.timeZone,
      ),
    ),
    checks: [
      ...checkDouyin({ entry: category.entry, douyinText: submission.douyinText }),
      ...(found?.ofWorks.get(submission.id) ?? []),
    ],
  };
}

function viewMedia(
  media: Media,
  checks: Check[],
  links: Links,
  language: Language,
  timeZone: string,
): MediaView {
  return {
    id: media.id,
    kind: media.kind,
    name: media.originalName,
    bytes: media.bytes,
    sha256: media.sha256,
    status: media.status,
    progress: media.status === 'pending' ? media.progress : null,
    error:
      media.status === 'failed' && media.error
        ? { code: media.error, message: failureMessage(media.error, language) }
        : null,
    width: media.width,
    height: media.height,
    durationMs: media.durationMs,
    placeholder: media.placeholder,
    takenOn: media.status === 'ready' ? captureDay(media.facts, timeZone) : null,
    coordinates: (media.status === 'ready' && media.facts?.gps) || null,
    checks,
    links,
  };
}
