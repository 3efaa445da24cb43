import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

/**
 * The yardstick: the protocol's reference server for Node with its file store, and nothing else: no session, no
 * hash, no type, no row, no sync.
 * `node bare-tus-server.ts FOLDER PORT`
 */
const [directory = '', port = ''] = process.argv.slice(2);

const server = new Server({ path: '/files', datastore: new FileStore({ directory }) });
server.listen({ host: '127.0.0.1', port: Number(port) }, () => console.log('listening'));
