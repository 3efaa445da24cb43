import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** Top folder of the project. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What our compose file says of a service, as far as tests look at it. */
export interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  networks: string[];
  restart: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  deploy: { replicas?: number; resources: { limits: { memory: string } } };
}

export interface ComposeFile {
  services: Record<'proxy' | 'api' | 'worker' | 'postgres' | 'redis' | 'objects', Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
}

/** A file of the project as text. */
export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/**
 * docker-compose.yml as an engine would understand it with this `.env`.
 * @throws where a variable that the file insists on is missing or empty, with the file's own words
 */
export function readCompose(env: Record<string, string>): ComposeFile {
  const document: unknown = parse(read('docker-compose.yml'), { merge: true });
  return interpolate(document, env) as ComposeFile;
}

/** Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}` in every text. */
function interpolate(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolateText(value, env);
  if (Array.isArray(value)) return value.map((item) => interpolate(item, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolate(item, env)]));
}

function interpolateText(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    const value = env[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name} is missing: ${rest}`);
    return kind === '-' ? rest : '';
  });
}
