/**
 * Imported first of all, because the threads that Node waits for the disk with are counted when the first of them
 * is needed. Of its own four, four uploads that are brought to the disk take all, and every look at a file queues
 * behind them; a file system also brings many files to the disk at once as fast as a few.
 */
// eslint-disable-next-line no-restricted-properties -- written for Node's own eyes, before anything can read the Env
process.env['UV_THREADPOOL_SIZE'] ??= '16';
