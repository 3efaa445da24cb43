import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { parseS3Url, type S3Settings } from './storage-url.js';

export { resolveSecrets, type Secrets } from './secrets.js';

/** Which of the platform's jobs this process does: everything, HTTP only, or background work only. */
export type Role = 'all' | 'api' | 'worker';

/** The whole environment, parsed once at boot. Nothing else in the project reads `process.env`. */
export interface Env {
  /** PostgreSQL ≥ 14; absent: the embedded server. */
  databaseUrl?: string;
  /** BullMQ on Redis; absent: BullMQ on PostgreSQL. */
  redisUrl?: string;
  /** As it was given, for example `file:./uploads`. */
  storageUrl: string;
  /** Absolute: the folder that a `file:` URL names; with S3, where files wait on their way to and from it. */
  storageDir: string;
  /** Where finished files are instead of in `storageDir`. */
  s3?: S3Settings & S3Credentials;
  role: Role;
  host: string;
  /** 0 lets the system choose a free port. */
  port: number;
  /** Origin that people see, without a trailing slash; absent: taken from each request. */
  publicUrl?: string;
  /** How many reverse proxies stand in front, each of which appends to X-Forwarded-For. */
  trustProxy: number;
  sessionSecret?: string;
  dataKey?: string;
  /** The one before, after a change: what was encrypted with it is read, and encrypted anew. */
  previousDataKey?: string;
  /** Bearer token of `/metrics`; absent: metrics are answered on loopback only. */
  metricsToken?: string;
  /** Mail server; absent: e-mails are files in `dataDir`. */
  smtpUrl?: string;
  /** Sender of e-mails, with or without a name. */
  mailFrom: string;
  /** Whether a phone number is proven by a one-time code before an account is made. */
  signUpCode: 'off' | 'required';
  /** Where one-time codes are handed to whoever sends short messages; absent: a file in `dataDir`. */
  smsGateway?: { url: string; token?: string };
  seedDates: 'shift' | 'as-is';
  /** Absolute folder of the embedded database, generated secrets and locks. */
  dataDir: string;
  logLevel: 'error' | 'warn' | 'info' | 'debug';
}

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Thrown by {@link loadEnv}; `message` lists every mistake, one a line, and can be shown as it is. */
export class EnvError extends Error {
  override readonly name = 'EnvError';

  constructor(readonly mistakes: string[]) {
    super(
      `The environment has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n` +
        mistakes.map((mistake) => `  - ${mistake}`).join('\n'),
    );
  }
}

const secret = z
  .string()
  .min(32, 'must have at least 32 characters (try: openssl rand -base64 48)')
  .optional();

const urlWith = (protocols: string[], example: string) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must look like ${example}`,
    )
    .optional();

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .refine(
      (value) => /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max,
      `must be a whole number from ${min} to ${max}`,
    )
    .transform(Number)
    .default(fallback);

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

const publicOrigin = z
  .string()
  .refine(isOrigin, 'must be an address without a path, such as https://photo.example.org')
  .transform((value) => new URL(value).origin)
  .optional();

const storage = z
  .string()
  .superRefine((value, context) => {
    if (/^file:./.test(value)) return;
    const parsed = parseS3Url(value.startsWith('s3://') ? value : '');
    for (const message of 'mistakes' in parsed ? parsed.mistakes : []) context.addIssue(message);
  })
  .default('file:./uploads');

const schema = z.object({
  DATABASE_URL: urlWith(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/dingge'),
  REDIS_URL: urlWith(['redis:', 'rediss:'], 'redis://host:6379'),
  STORAGE_URL: storage,
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  SPOOL_DIR: z.string().optional(),
  ROLE: oneOf(['all', 'api', 'worker']).default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535, 3000),
  PUBLIC_URL: publicOrigin,
  TRUST_PROXY: integer(0, 16, 0),
  SESSION_SECRET: secret,
  DATA_KEY: secret,
  DATA_KEY_PREVIOUS: secret,
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: urlWith(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org'),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>\p{Cc}]* ?<[^<>@\s\p{Cc}]+@[\w.-]+>|[^<>@\s\p{Cc}]+@[\w.-]+)$/u,
      'must look like 定格 <photo@example.org>',
    )
    .optional(),
  SIGN_UP_CODE: oneOf(['off', 'required']).default('off'),
  SMS_GATEWAY_URL: urlWith(['http:', 'https:'], 'https://sms.example.org/send'),
  SMS_GATEWAY_TOKEN: z.string().optional(),
  SEED_DATES: oneOf(['shift', 'as-is']).default('shift'),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: oneOf(['error', 'warn', 'info', 'debug']).default('info'),
});

/** Of no use, and so a mistake, where STORAGE_URL is a folder. */
const S3_ONLY = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'SPOOL_DIR'] as const;

/** What several processes must share can't be a file or a server that only one of them made. */
const SHARED_BY_ROLES = ['DATABASE_URL', 'SESSION_SECRET', 'DATA_KEY'] as const;

/**
 * Reads and checks every variable. Empty ones count as not set, as compose files write them.
 * Relative folders are taken from `cwd`.
 * @throws {EnvError} naming every mistake at once
 */
export function loadEnv(source: Record<string, string | undefined> = process.env, cwd = process.cwd()): Env {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = source[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = schema.safeParse(given);
  const mistakes = parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? [];
  if (given.ROLE === 'api' || given.ROLE === 'worker') {
    for (const name of SHARED_BY_ROLES) {
      if (!given[name]) mistakes.push(`${name} is required when ROLE is ${given.ROLE}`);
    }
  }
  mistakes.push(...storageMistakes(given));
  if (given.SMTP_URL && !given.MAIL_FROM) mistakes.push('MAIL_FROM is required when SMTP_URL is set');
  if (given.SMS_GATEWAY_TOKEN && !given.SMS_GATEWAY_URL) {
    mistakes.push('SMS_GATEWAY_TOKEN is for an SMS_GATEWAY_URL only');
  }
  if (!parsed.success || mistakes.length > 0) throw new EnvError(mistakes);

  const values = parsed.data;
  const dataDir = path.resolve(cwd, values.DATA_DIR);
  const s3 = s3Of(values);
  return {
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    storageUrl: values.STORAGE_URL,
    storageDir: s3
      ? path.resolve(cwd, values.SPOOL_DIR ?? path.join(dataDir, 'spool'))
      : folderOf(values.STORAGE_URL, cwd),
    s3,
    role: values.ROLE,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    sessionSecret: values.SESSION_SECRET,
    dataKey: values.DATA_KEY,
    previousDataKey: values.DATA_KEY_PREVIOUS,
    metricsToken: values.METRICS_TOKEN,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? '定格 <noreply@localhost>',
    signUpCode: values.SIGN_UP_CODE,
    smsGateway: values.SMS_GATEWAY_URL
      ? { url: values.SMS_GATEWAY_URL, token: values.SMS_GATEWAY_TOKEN }
      : undefined,
    seedDates: values.SEED_DATES,
    dataDir,
    logLevel: values.LOG_LEVEL,
  };
}

/** What one variable says of another. */
function storageMistakes(given: Record<string, string>): string[] {
  const url = given.STORAGE_URL ?? '';
  if (!url.startsWith('s3:')) {
    return S3_ONLY.filter((name) => given[name]).map((name) => `${name} is for an s3:// STORAGE_URL only`);
  }
  const mistakes = (['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
    .filter((name) => !given[name])
    .map((name) => `${name} is required when STORAGE_URL is s3://`);
  const parsed = parseS3Url(url);
  const { serve, endpoint }: Partial<S3Settings> = 'settings' in parsed ? parsed.settings : {};
  // A browser on a page of https shows no picture of http.
  if (given.PUBLIC_URL?.startsWith('https:') && serve === 'redirect' && endpoint?.startsWith('http:')) {
    mistakes.push('STORAGE_URL must have an https endpoint for serve=redirect, as PUBLIC_URL is https');
  }
  return mistakes;
}

function s3Of(values: z.infer<typeof schema>): Env['s3'] {
  const { STORAGE_URL: url, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const parsed = parseS3Url(url);
  if (!url.startsWith('s3:') || 'mistakes' in parsed || !accessKeyId || !secretAccessKey) return undefined;
  return { ...parsed.settings, accessKeyId, secretAccessKey };
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return web && url.pathname === '/' && !url.search && !url.hash && !url.username;
}

/** `file:./uploads` is relative to the working folder; `file:///srv/uploads` isn't relative to anything. */
function folderOf(storageUrl: string, cwd: string): string {
  const rest = storageUrl.slice('file:'.length);
  if (rest.startsWith('//')) return fileURLToPath(storageUrl);
  return fileURLToPath(new URL(storageUrl, pathToFileURL(cwd + path.sep)));
}
