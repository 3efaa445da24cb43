/** As .swcrc, which leaves specs out; and with the maps that stack traces need. */
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

/** Unit specs live beside the code; integration suites start real PostgreSQL, Redis and sharp. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const integration = {
  ...common,
  rootDir: import.meta.dirname,
  setupFiles: ['<rootDir>/test/integration/setup/nest-first.ts'],
  globalSetup: '<rootDir>/test/integration/setup/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/integration/setup/stop-postgres.mjs',
};

/** Suites to which it matters where files are. */
const onBothStores = [
  'submissions',
  'submissions-refused',
  'outbox',
  'results',
  'storage',
  'serving',
  'serving-many',
  'whole-size',
  'resumable',
  'resumable-refused',
];

export default {
  // For hooks that start real servers on a busy machine; what must be fast says so in its own expectations.
  testTimeout: 60_000,
  // Jest's own choice on two cores is one; suites wait for servers and decoders half of their time (two workers kept
  // 1.1 cores busy).
  maxWorkers: 3,
  projects: [
    {
      ...common,
      displayName: 'unit',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/web/**/*.spec.ts'],
    },
    {
      ...integration,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
    },
    {
      ...integration,
      displayName: 'integration on S3',
      testMatch: onBothStores.map((name) => `<rootDir>/test/integration/${name}.spec.ts`),
      setupFiles: [...integration.setupFiles, '<rootDir>/test/integration/setup/on-s3.ts'],
    },
  ],
};
