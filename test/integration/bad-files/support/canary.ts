import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A server that nothing may ever ask: files name its address wherever a decoder might follow it. */
export interface Canary {
  url: string;
  /** How often somebody connected. */
  hits: () => number;
  close: () => Promise<void>;
}

export async function startCanary(): Promise<Canary> {
  let hits = 0;
  const server = createServer((socket) => {
    hits += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits: () => hits,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
