/** The shapes of the HTTP API, as the pages use them. Instants are ISO 8601 strings. */

export interface Account {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  mustChangePassword: boolean;
}

/** What would become of an account's things if it were given up. */
export interface DeletionPreview {
  deleted: {
    works: number;
    drafts: number;
    files: number;
    bytes: number;
    otherAuthors: number;
    told: number;
  };
  kept: {
    id: string;
    number: string | null;
    title: string;
    contest: string;
    category: string;
    decided: boolean;
    shared: boolean;
    /** The name that stays in the published result. */
    printed: { name: string; prize: string } | null;
  }[];
  /** Written while signed in; they stay until their own date. */
  objections: number;
  refusals: { code: string; message: string }[];
}

export interface AccountEmail {
  email: string | null;
  confirmed: boolean;
  /** Given, but not yet confirmed. */
  pending: string | null;
  /** Whether the last e-mail could not be delivered. */
  undelivered: boolean;
}

export interface Role {
  role: 'admin' | 'organiser' | 'judge';
  /** Slug of the contest, or null for a role that holds everywhere. */
  contest: string | null;
}

export interface Session {
  account: Account | null;
  roles: Role[];
}

export interface LinkInfo {
  kind: 'invitation' | 'reset';
  name: string;
  login: string;
  contest: { slug: string; title: string } | null;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export type Phase = 'upcoming' | 'open' | 'closed' | 'judging' | 'decided';
export type MediaKind = 'image' | 'video';

export interface ContestSummary {
  slug: string;
  title: string;
  region: string;
  phase: Phase;
}

export interface CategoryRef {
  key: string;
  name: string;
  media: MediaKind;
}

export interface CriterionRule {
  name: string;
  weight: number;
  min: number;
  max: number;
  step: number;
}

export interface Criterion extends CriterionRule {
  id: string;
}

export interface PrizeTier {
  id: string;
  name: string;
  quota: number;
  amountYuan: number;
}

export interface CategoryLimits {
  maxBytes: number;
  maxFiles: number;
  seriesMin: number;
  seriesMax: number;
  maxSeconds: number | null;
  perAuthor: number | null;
  /** Pixels of the longer edge under which a picture gets a warning. */
  minEdge: number | null;
}

export interface Category extends CategoryRef {
  id: string;
  /** What a work consists of; with `both` the file is judged. */
  entry: 'file' | 'link' | 'both';
  /** Whether a work without a link of Douyin is refused. */
  linkRequired: boolean;
  limits: CategoryLimits;
  onePrizePerPerson: boolean;
  criteria: CriterionRule[];
  prizeTiers: PrizeTier[];
}

export interface Community {
  id: string;
  name: string;
  street: string | null;
}

export interface Subject {
  id: string;
  name: string;
}

export interface Contest extends ContestSummary {
  id: string;
  fullTitle: string;
  theme: string;
  brief: string;
  timeZone: string;
  opensAt: string;
  /** Exclusive: the first instant at which nothing is taken any more. */
  closesAt: string;
  /** When the first round opened, and when the last result was locked. */
  judgingSince: string | null;
  decidedAt: string | null;
  /** First and last day on which a work may have been taken, `2019-06-01`; null where the rules don't say. */
  capturedFrom: string | null;
  capturedUntil: string | null;
  /** The server's clock when it answered. */
  now: string;
  /** Whether winners' works are shown, once there are results. */
  gallery: 'off' | 'results';
  counts: { submissions: number };
  consentVersion: string;
  /** The promises of that version. */
  declaration: { zh: string[]; en: string[] };
  categories: Category[];
  communities: Community[];
  subjects: Subject[];
}

/**
 * Of a file `code` is one of `TOO_SMALL`, `WECHAT_COMPRESSED`, `NO_EXIF`, `OWN_DUPLICATE`, `AI_GENERATED`, `AI_EDITED`,
 * `AI_POSSIBLE`, `CAPTURED_EARLY`, `CAPTURED_LATE`, `CAPTURED_IN_FUTURE`, `SOUND_LOST`, `SOUND_MENDED`; of a work
 * `DOUYIN_LINK_MISSING`, `DOUYIN_NO_VIDEO`, `DOUYIN_TWICE`, and at the desk `DUPLICATE`, `DOUYIN_SEEN`,
 * `AUTHOR_NOT_ASKED`; more may come.
 */
export interface Check {
  code: string;
  params: Record<string, string | number>;
}

export interface MediaLinks {
  small?: string;
  thumb?: string;
  preview?: string;
  full?: string;
  poster?: string;
  play?: string;
  original?: string;
}

export interface Media {
  id: string;
  kind: MediaKind;
  name: string;
  bytes: number;
  sha256: string;
  status: 'pending' | 'ready' | 'failed';
  /** Of a video that is being processed: percent. */
  progress: number | null;
  error: { code: string; message: string } | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** thumbhash, base64 */
  placeholder: string | null;
  /** The day on which the file says that it was taken, and whether it says where. */
  takenOn: string | null;
  /** Degrees north and east. */
  coordinates: { lat: number; lon: number } | null;
  checks: Check[];
  links: MediaLinks;
}

/** A file that is on its way to a work by the resumable door, or was. */
export interface UploadView {
  id: string;
  name: string;
  bytes: number;
  received: number;
  mark: string | null;
  lastModified: number | null;
  begunAt: string;
  expiresAt: string;
  state: 'receiving' | 'attached' | 'refused';
  mediaId: string | null;
  error: { code: string; message: string } | null;
}

export type SubmissionStatus =
  'draft' | 'submitted' | 'accepted' | 'returned' | 'rejected' | 'withdrawn' | 'disqualified';

export interface Author {
  id: string;
  name: string;
  phone: string | null;
}

export interface Submission {
  id: string;
  /** The receipt's number, from the moment it is submitted. */
  number: string | null;
  status: SubmissionStatus;
  category: string;
  title: string;
  story: string;
  community: { id: string; name: string } | null;
  subject: Subject | null;
  author: Author;
  /** As the entrant says. */
  takenOn: string | null;
  takenPlace: string;
  douyinText: string;
  /** When the sender said that the author, who is somebody else, agreed. */
  authorAgreedAt: string | null;
  consent: { version: string; at: string | null } | null;
  createdAt: string;
  submittedAt: string | null;
  reason: string | null;
  /** Of a work that was sent back: until then, exclusively, it may be mended. */
  repairUntil: string | null;
  /** Its public page, from the moment it is submitted. */
  receipt: { url: string } | null;
  media: Media[];
  checks: Check[];
}

export interface InboxMessage {
  id: string;
  kind: string;
  title: string;
  text: string;
  contest: { slug: string; title: string } | null;
  /** A page within the contest's pages: `work/<id>`. */
  about: string | null;
  createdAt: string;
  readAt: string | null;
}

export interface Inbox extends Page<InboxMessage> {
  /** Of all messages, whatever was asked for. */
  unread: number;
}

/** What anybody may see who holds a receipt. */
export interface Receipt {
  contest: { slug: string; title: string; timeZone: string };
  number: string;
  title: string;
  category: string;
  status: { code: SubmissionStatus; words: string; next: string };
  submittedAt: string;
  files: { kind: MediaKind; bytes: number; sha256: string }[];
}

/** A winner's work as everybody sees it; `id` is its publication's. */
export interface GalleryWork {
  id: string;
  title: string;
  author: string;
  prize: string;
  category: string;
  files: (Pick<Media, 'kind' | 'width' | 'height' | 'durationMs' | 'placeholder'> & {
    links: Pick<MediaLinks, 'small' | 'thumb' | 'preview' | 'poster' | 'play'>;
  })[];
}

export interface Gallery {
  shown: 'off' | 'results';
  works: GalleryWork[];
}

/** What reading a stored file again came to. */
export interface FileCheck {
  sha256: string;
  matches: boolean;
  checkedAt: string;
}

/**
 * What an entrant may change: every field optional, the empty string clears. `community`: id or name; with `其他`
 * also `communityName`.
 */
export interface SubmissionFields {
  title?: string;
  story?: string;
  community?: string;
  communityName?: string;
  subject?: string;
  author?: { name: string; phone: string };
  takenOn?: string;
  takenPlace?: string;
  douyinText?: string;
  authorAgreed?: boolean;
}

/** Body of every refusal: application/problem+json. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
}
