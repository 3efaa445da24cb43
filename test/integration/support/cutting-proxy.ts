import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** A network that breaks: passes on what a client sends until a PATCH has taken so many bytes, then cuts both ends. */
export interface CuttingProxy {
  url: string;
  /** Where to; may move, as a server that is started again does. */
  target: URL;
  cuts: number;
  close(): Promise<void>;
}

/**
 * What happens to the next PATCH: it is cut behind so many bytes; or all of it arrives and its answer is lost; or
 * nothing happens to it.
 */
export type Fate = { after: number } | 'answer lost' | 'none';

export async function startCuttingProxy(target: string, fate: () => Fate): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const proxy: CuttingProxy = {
    url: '',
    target: new URL(target),
    cuts: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((client) => {
    const upstream = connect(Number(proxy.target.port), proxy.target.hostname);
    let next: Fate = 'none';
    let passed = 0;
    const cut = () => {
      proxy.cuts += 1;
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (piece: Buffer) => {
      // Each request of the client's begins a piece of its own.
      if (piece.subarray(0, 6).toString('latin1') === 'PATCH ') {
        next = fate();
        passed = 0;
      }
      if (typeof next !== 'object') return void upstream.write(piece);
      const room = next.after - passed;
      passed += piece.length;
      if (piece.length <= room) return void upstream.write(piece);
      upstream.write(piece.subarray(0, Math.max(0, room)), cut);
    });
    upstream.on('data', (piece: Buffer) => {
      if (next === 'answer lost') cut();
      else client.write(piece);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

/** Equal numbers from 0 to 1 for equal seeds (mulberry32), so that a cut that goes wrong can be made again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
