/**
 * Who may import whom. The storeys of src, from the ground up: a room imports from the storeys below its own,
 * never from its neighbours. That also keeps circles out between rooms.
 */
const storeys = [
  ['config'],
  ['common'],
  ['audit', 'database', 'documents', 'queue', 'storage'],
  ['messages'],
  ['accounts'],
  ['contests', 'media', 'health'],
  ['submissions'],
  ['screening', 'judging'],
  ['results'],
  ['winners', 'exports'],
  ['privacy'],
];
const rooms = storeys.flat();

/** Doors of `accounts` for the two that stand right above it: they ask who is there, and know no people. */
const accountsDoors = { contests: ['access'], media: ['access', 'sessions.service'] };

/** Arithmetic and formats that a newcomer can read, and a verifier can run, without the house around them. */
const pure = [
  '^src/results/arithmetic/',
  '^src/results/statistics/(?:figures|judge-name|plots|words)\\.ts$',
  '^src/audit/chain\\.ts$',
  '^src/judging/(marks|draw|scoring-rules)\\.ts$',
  '^src/submissions/(check|checks|capture|wechat|douyin-text)\\.ts$',
  '^src/media/decoder/facts/',
  '^src/media/fingerprint/',
  '^src/media/links\\.ts$',
  '^src/privacy/fate\\.ts$',
  '^src/media/rendition-names\\.ts$',
];

const spec = '\\.spec\\.ts$';
const either = (names) => `(?:${names.join('|')})`;
const room = (...names) => `^src/${either(names)}/`;

const upward = storeys.flatMap((storey, height) => {
  const below = storeys.slice(0, height).flat();
  return storey.map((name) => ({
    name: `${name}-imports-only-below`,
    comment: `${name} stands on: ${below.join(', ') || 'nothing'}.`,
    // The one list of all tables has to name them all, and migrations are what tables once were.
    from: { path: room(name), pathNot: ['^src/database/entities\\.ts$', '^src/database/migrations/'] },
    to: { path: '^src/', pathNot: room(name, ...below) },
  }));
});

const doors = Object.entries(accountsDoors).map(([name, files]) => ({
  name: `${name}-knows-no-people`,
  comment: `Of accounts, ${name} may import only: ${files.join(', ')}.`,
  from: { path: room(name), pathNot: spec },
  to: { path: room('accounts'), pathNot: `^src/accounts/${either(files).replaceAll('.', '\\.')}\\.ts$` },
}));

const web = ['entrant', 'judge', 'organiser'].map((name) => ({
  name: `${name}-is-a-page-of-its-own`,
  comment: 'The three parts of the web share only web/shared: who opens one downloads nothing of another.',
  from: { path: `^web/${name}/` },
  to: { path: '^web/', pathNot: `^web/(?:${name}|shared)/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upward,
    ...doors,
    ...web,
    {
      name: 'no-room-without-a-storey',
      comment: 'A new folder of src needs a place in the house: add it to the storeys.',
      from: { path: '^src/[^/]+/', pathNot: room(...rooms, 'cli') },
      to: {},
    },
    {
      name: 'no-circles',
      comment:
        'Modules that import each other load in an order nobody chose. Tables of one room may know each other.',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true },
    },
    {
      name: 'no-circles-of-entities-across-rooms',
      comment: 'Entities may know each other inside one room only.',
      from: { path: '^src/([^/]+)/.*\\.entity\\.ts$' },
      to: { circular: true, pathNot: '^src/$1/.*\\.entity\\.ts$' },
    },
    {
      name: 'pure-knows-no-framework',
      comment: 'Pure modules run on Node alone; types of others are free.',
      from: { path: pure, pathNot: spec },
      to: { dependencyTypesNot: ['core'], pathNot: pure, preCompilationOnly: false },
    },
    {
      name: 'shared-knows-no-page',
      comment: 'What all three parts of the web share depends on none of them.',
      from: { path: '^web/shared/' },
      to: { path: '^web/', pathNot: '^web/shared/' },
    },
    {
      name: 'web-knows-no-server',
      comment:
        'They share the HTTP contract, what a pasted text means, and what of statistics is also printed; no other code.',
      from: { path: '^web/' },
      to: {
        path: '^(?:src|scripts)/',
        pathNot: [
          '^src/submissions/douyin-text\\.ts$',
          '^src/results/statistics/(?:figures|judge-name|plots|words)\\.ts$',
        ],
      },
    },
    {
      name: 'server-knows-no-web',
      comment: 'They share the HTTP contract, not code.',
      from: { path: '^src/' },
      to: { path: '^(?:web|scripts)/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Only tests build on tests.',
      from: { pathNot: ['^test/', spec] },
      to: { path: '^test/' },
    },
    {
      name: 'no-specs-imported',
      comment: 'What two specs share is a file of its own.',
      from: {},
      to: { path: spec },
    },
    {
      name: 'server-runs-on-its-dependencies',
      comment: 'What the server imports is listed under "dependencies", not brought in by another package.',
      from: { path: '^src/', pathNot: spec },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional', 'npm-peer'],
        dependencyTypesNot: ['npm'],
        preCompilationOnly: false,
      },
    },
    {
      name: 'everything-imported-is-listed',
      comment: 'A package that another one brought in may be gone with the next update.',
      from: { path: '^(?:web|test|scripts)/|^[^/]+$' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-dev'],
        preCompilationOnly: false,
      },
    },
    {
      name: 'everything-imported-exists',
      comment: 'Apart from what the build makes, which need not be there yet.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@serif/|^(?:\\.\\./)+dist/' },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // Imports of types only are imports too, but known as such.
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    skipAnalysisNotInRules: true,
    builtInModules: { add: ['node:sqlite'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.vue', '.json', '.d.ts'],
    },
  },
};
