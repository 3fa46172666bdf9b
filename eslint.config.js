/**
 * Lint: what the compiler does not see, and the rules that keep the core pure.
 *
 * The bans under libs/domain are the reason that the same events always give the same figures: no clock, no randomness, no
 * package. The room rules (who may import whom) are .dependency-cruiser.cjs's.
 */
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { storedPromise } from './lint/stored-promise.js';

const typescript = ['**/*.ts', '**/*.tsx'];
const specs = ['**/*.spec.ts'];
const tools = ['cli/**', 'stack/**', 'test/**', 'bench/**'];
/** React.lazy takes a module's default export. */
const lazy = ['apps/web/src/view/*-map.tsx', 'apps/web/src/view/{all-indicators,league-panel}.tsx'];
/** Each makes the connections to one server, of one configuration; kafkajs' insides are looked at without one. */
const connections = [
  'libs/access/src/people/sessions.ts',
  'libs/access/src/limits/rate-counter.worker.ts',
  'libs/kafka/src/client.ts',
  'libs/kafka/src/corrections/internals.ts',
  'libs/queue/src/job-queue.ts',
  'libs/store/src/connect.ts',
];
const configs = ['*.config.{js,cjs,mjs}', '.dependency-cruiser.cjs', '**/vite.config.ts'];

const nodeGlobals = Object.fromEntries(
  ['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'module', 'require', 'fetch'].map((name) => [
    name,
    'readonly',
  ]),
);

/** Fastify's reply can be awaited, but rejects nothing: each of its setters returns it. */
const reply = { from: 'package', package: 'fastify', name: 'FastifyReply' };

const env = 'configuration is parsed once by runService and injected';
const clock = 'time comes in as an argument';
const connection =
  'connections are made by createKafka, connectStore, job-queue.ts, sessions.ts and rate-counter.worker.ts, each of one configuration';
const chance = 'randomness comes in as an argument';

export default tseslint.config(
  { ignores: ['**/dist/**', '.local/**', 'coverage/**', 'apps/web/public/**', 'libs/client/src/dashboard.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { files: ['**/*.{js,cjs,mjs}'], languageOptions: { globals: nodeGlobals } },
  { files: typescript, extends: [tseslint.configs.recommended] },
  {
    files: typescript,
    plugins: { promises: { rules: { stored: storedPromise } } },
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './apps/web/tsconfig.json'], tsconfigRootDir: process.cwd() },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { ignoreVoid: false, checkThenables: true, allowForKnownSafePromises: [reply] },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      'no-void': 'error',
      // A query of mongoose is not asked before somebody awaits it.
      'promises/stored': ['error', { except: [reply.name, 'Query'] }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-undef': 'off',
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: env }],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: ['**/traced.ts', '**/run-service.ts', ...tools, ...specs, ...configs],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts', 'cli/**/*.ts'],
    ignores: [...specs, ...connections],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name=/^(Kafka|Redis|MongoClient)$/]', message: connection },
        { selector: 'CallExpression[callee.property.name="createConnection"]', message: connection },
      ],
    },
  },
  { files: tools, rules: { 'no-console': 'off' } },
  // What a spec keeps is what it lets finish, and looks at, in the order that it is about.
  { files: specs, rules: { 'promises/stored': 'off' } },
  // Answers of the API are looked into field by field; a type for each would only repeat the test.
  { files: ['test/e2e/**', '**/*.int.spec.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  { files: [...configs, ...lazy], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['libs/domain/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: env },
        { object: 'Date', property: 'now', message: clock },
        { object: 'Math', property: 'random', message: chance },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'crypto', message: chance },
        { name: 'performance', message: clock },
        { name: 'process', message: 'domain knows no process' },
        { name: 'globalThis', message: 'a way round the other bans' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
        { selector: 'CallExpression[callee.name="Date"]', message: clock },
        { selector: 'ImportExpression', message: 'domain imports nothing at run time' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.{1,2}/)', message: 'domain imports itself only, by relative paths' }] },
      ],
    },
  },
  {
    // Of the modules that hold the reference data the judge takes the data, none of their functions (see .dependency-cruiser.cjs).
    files: ['libs/domain/src/recomputation/*.ts'],
    ignores: specs,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/reference/',
              allowImportNames: ['indicators', 'units'],
              allowTypeImports: true,
              message: 'the recomputation has its own rules, and takes the data only',
            },
          ],
        },
      ],
    },
  },
);
