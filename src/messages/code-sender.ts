import { appendFile, chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '../config/env.js';

export const codePurposes = ['sign-up', 'password'] as const;
export type CodePurpose = (typeof codePurposes)[number];

/** What is handed to whoever sends short messages; the body of the POST to a gateway, as it stands. */
export interface CodeDelivery {
  phone: string;
  code: string;
  purpose: CodePurpose;
  expiresInSeconds: number;
  /** The whole message, for a gateway that has no template of its own. */
  text: string;
}

export interface CodeSender {
  /** @throws where the code could not be handed over */
  send(delivery: CodeDelivery): Promise<void>;
}

/** A gateway where SMS_GATEWAY_URL names one, else a file that the operator reads. */
export function openCodeSender(env: Env): CodeSender {
  return env.smsGateway ? toGateway(env.smsGateway) : intoLog(path.join(env.dataDir, 'codes.log'));
}

function intoLog(file: string): CodeSender {
  return {
    async send({ phone, code, purpose }) {
      await mkdir(path.dirname(file), { recursive: true });
      await appendFile(file, `${new Date().toISOString()} ${purpose} ${phone} ${code}\n`, { mode: 0o600 });
      // The mode above counts only where the file is new.
      await chmod(file, 0o600);
    },
  };
}

const timeoutMs = 5_000;
const waitsMs = [500, 1_500];

/** A 2xx means that the gateway has taken it. What may pass (no answer, 429, 5xx) is tried three times in all. */
function toGateway({ url, token }: NonNullable<Env['smsGateway']>): CodeSender {
  return {
    async send(delivery) {
      for (const wait of [...waitsMs, null]) {
        const status = await post(url, token, delivery);
        if (status >= 200 && status < 300) return;
        const mayPass = status === 0 || status === 429 || status >= 500;
        if (!mayPass || wait === null) throw new Error(`the gateway answered ${status || 'nothing'}`);
        await sleep(wait);
      }
    },
  };
}

/** The status of the answer; 0 where there was none. */
async function post(url: string, token: string | undefined, delivery: CodeDelivery): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(delivery),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
