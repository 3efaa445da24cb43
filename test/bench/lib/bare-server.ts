import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * The yardstick: what Node can do at most. Streams each body as it is, unparsed, into a new file and answers 201;
 * under /synced only once the file is on the disk, which is what an upload door promises.
 * `node bare-server.ts FOLDER PORT`
 */
const [folder = '', port = ''] = process.argv.slice(2);

createServer((request, response) => {
  const file = createWriteStream(path.join(folder, randomUUID()), { flush: request.url === '/synced' });
  pipeline(request, file).then(
    () => response.writeHead(201, { 'content-type': 'application/json' }).end('{}'),
    (error: unknown) => response.destroy(error as Error),
  );
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));
