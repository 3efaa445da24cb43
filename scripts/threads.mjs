/** As src/config/threads.ts, for a server that is started in this process: building uses such threads before it. */
process.env.UV_THREADPOOL_SIZE ??= '16';
