import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/**
 * What the code does; how it looks is Prettier's, who may import whom is dependency-cruiser's (both in
 * `npm run check`). Every rule is an error: a warning is a finding that nobody reads.
 */

/** In every language here, beyond what the compilers refuse. */
const always = {
  'array-callback-return': 'error',
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-debugger': 'error',
  'no-else-return': ['error', { allowElseIf: false }],
  'no-empty': 'error',
  'no-lonely-if': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-new-func': 'error',
  'no-self-compare': 'error',
  'no-template-curly-in-string': 'error',
  'no-unneeded-ternary': 'error',
  'no-unsafe-finally': 'error',
  'no-useless-assignment': 'error',
  'no-useless-escape': 'error',
  'no-useless-rename': 'error',
  'no-useless-return': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

/** A file that a person reads in one sitting. */
const length = (max) => ({ 'max-lines': ['error', { max, skipBlankLines: true, skipComments: true }] });

const unusedVariables = {
  args: 'after-used',
  argsIgnorePattern: '^_',
  caughtErrors: 'all',
  ignoreRestSiblings: true,
};

/** Beside typescript-eslint's recommended rules with types. */
const typed = {
  // Leaves files with decorators alone: there metadata needs the classes as values (see tsconfig.json).
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  // Copying without HTTPS, as inside an office network, has no successor.
  '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'lib', name: 'execCommand' }] }],
  '@typescript-eslint/no-unused-vars': ['error', unusedVariables],
  '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
  '@typescript-eslint/prefer-optional-chain': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/return-await': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
  ],
};

/** Where the types end: components, which only vue-tsc knows, and answers that a test is there to question. */
const untyped = {
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
};
/** And in the client whose answers those are: any shape, for what isn't there fails the expectation. */
const anyShape = { '@typescript-eslint/no-explicit-any': 'off' };

const environment = {
  object: 'process',
  property: 'env',
  message: 'src/config/env.ts reads the environment, once; take the Env.',
};

/** Words that people read come from a dictionary (`words.ts`, or `zh` beside `en`), so both languages have them. */
const dictionaries = ['web/**/words.ts', 'web/**/*-words.ts'];
const message = 'Words that people read belong in a dictionary, in both languages.';
const chinese = '/[\\u3400-\\u9fff]/';
const unlessDictionary = ':not(Property[key.name="zh"] *, Property[key.name="zh"] > *)';
const chineseText = [
  { selector: `Literal[value=${chinese}]${unlessDictionary}`, message },
  { selector: `TemplateElement[value.raw=${chinese}]${unlessDictionary}`, message },
];
const bareStrings = {
  // Units, keys of a keyboard, and whatever has no letters in it.
  allowlist: [
    '/\\b(?:px|kB|MB|GB|ms|min|fps|SHA-256)\\b/',
    '/\\b(?:Esc|Enter|Shift|Tab|[A-Z])\\b/',
    '/\\P{L}+/u',
  ],
  attributes: {
    '/.+/': [
      'alt',
      'aria-description',
      'aria-label',
      'aria-placeholder',
      'aria-roledescription',
      'aria-valuetext',
      'heading',
      'hint',
      'label',
      'placeholder',
      'text',
      'title',
    ],
  },
};

const typescript = ['src/**/*.ts', 'test/**/*.ts', 'web/**/*.ts'];
const components = ['web/**/*.vue'];

export default [
  { ignores: ['dist/', 'uploads/', '.data/', 'test-results/', 'web/shared/api/schema.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  {
    files: ['**/*.{mjs,js,ts,vue}'],
    rules: { ...always, ...length(300) },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      // What the Node that runs this knows is what the scripts may use.
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])),
    },
    rules: {
      'no-redeclare': 'error',
      'no-undef': 'error',
      'no-unreachable': 'error',
      'no-unused-vars': ['error', unusedVariables],
    },
  },
  { files: ['**/*.spec.ts'], rules: length(400) },
  // Each is written once, by TypeORM, and never touched again.
  { files: ['src/database/migrations/*.ts'], rules: { 'max-lines': 'off' } },

  ...tseslint.configs.recommendedTypeChecked.map((config) => ({
    ...config,
    files: [...typescript, ...components],
  })),
  {
    files: [...typescript, ...components],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: typed,
  },
  { files: ['*.config.ts'], languageOptions: { parser: tseslint.parser } },

  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', 'node:process', 'process'],
      'no-restricted-properties': ['error', environment],
    },
  },
  { files: ['src/config/env.ts', 'src/**/*.spec.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/main.ts', 'src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.spec.ts', 'test/**/*.ts', 'web/main.ts'], rules: untyped },
  { files: ['test/integration/support/client.ts'], rules: anyShape },
  {
    files: ['web/**/*.{ts,vue}', 'test/**/*.ts'],
    rules: {
      // What composables and test helpers return are closures, made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  ...[...vue.configs['flat/recommended-error'], vue.configs['no-layout-rules']].map((config) => ({
    ...config,
    files: config.files ?? components,
  })),
  {
    files: components,
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      ...untyped,
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-bare-strings-in-template': ['error', bareStrings],
      'vue/no-ref-object-reactivity-loss': 'error',
      'vue/no-restricted-syntax': ['error', ...chineseText],
      // Optional props are typed by TypeScript, which asks for the undefined case to be handled.
      'vue/require-default-prop': 'off',
      'vue/require-explicit-emits': 'error',
    },
  },
  {
    files: ['web/**/*.{ts,vue}'],
    ignores: [...dictionaries, 'web/build/**', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...chineseText] },
  },
];
