import { createTransport } from 'nodemailer';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Env } from '../config/env.js';
import type { Letter } from './letter.js';

export interface Envelope {
  id: string;
  to: { name: string; address: string };
}

/** Why a mail was not taken; `final` where another try would be answered the same. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';

  constructor(
    readonly code: string,
    readonly final: boolean,
  ) {
    super(code);
  }
}

export interface MailTransport {
  /** @throws {MailRefused} */
  send(envelope: Envelope, letter: Letter): Promise<void>;
  close(): void;
}

/** A mail server where SMTP_URL names one, else files in the data folder that a mail program opens. */
export function openMailTransport(env: Env): MailTransport {
  return env.smtpUrl ? overSmtp(env.smtpUrl, env.mailFrom) : intoFiles(env);
}

/** Milliseconds; together less than the time after which a mail is handed out again. */
const patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 5_000,
};

function overSmtp(url: string, from: string): MailTransport {
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send(envelope, letter) {
      try {
        await transport.sendMail(mailOf(envelope, letter, from));
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Named by their ids, so that a mail that is written twice is one file. */
function intoFiles(env: Env): MailTransport {
  const folder = path.join(env.dataDir, 'mail');
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(envelope, letter) {
      const { message } = await transport.sendMail(mailOf(envelope, letter, env.mailFrom));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = path.join(folder, `.${envelope.id}.${randomUUID()}`);
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(message as Buffer);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path.join(folder, `${envelope.id}.eml`));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw new MailRefused((error as NodeJS.ErrnoException).code ?? 'EFILE', false);
      }
    },
    close: () => transport.close(),
  };
}

/** The same id each time: a server that took a mail and could not say so may know it again. */
function mailOf({ id, to }: Envelope, { subject, text, html }: Letter, from: string) {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A 5xx about this mail is final; whatever is wrong with the way there, or with our own sign-in, may pass. */
function refusalOf(error: unknown): MailRefused {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const final = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return new MailRefused(responseCode === undefined ? (code ?? 'EUNKNOWN') : String(responseCode), final);
}
