import type { Bundle } from './verify.mjs';

export function unzip(bytes: Buffer): Map<string, Buffer>;
export function readBundle(files: Map<string, Buffer>): Bundle;
export function canonical(value: unknown): string;
