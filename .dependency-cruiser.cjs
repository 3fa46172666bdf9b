/**
 * The rooms of the house: who may import whom (docs/architecture.md).
 *
 * Each room's rules list what it may reach; everything else is a fault. A spec keeps to its room like any other file there,
 * but may use development packages, node's own modules and the test kit.
 */
const spec = '\\.spec\\.tsx?$';
const kit = '^test/kit/';
const core = ['core'];
const npm = '(^|/)node_modules/';
const packages = (names) => `${npm}(@types/)?(${names.join('|')})(/|$)`;
/** Nest, and what it stands on. */
const nest = ['@nestjs', 'reflect-metadata', 'rxjs', 'fastify'];

const libs = (names) => `^libs/(${names.join('|')})/src/`;

/** A room that reaches only what is listed: files of the project, and packages where `npm` ones are named. */
const room = (name, path, own, allowedPackages, options = {}) => [
  ...[false, true].map((isSpec) => ({
    name: `${name}${isSpec ? '-spec' : ''}-files`,
    comment: `${name} reaches only: ${own.join(', ')}; its specs the test kit too`,
    severity: 'error',
    from: isSpec ? { path: `${path}.*${spec}` } : { path, pathNot: spec },
    to: {
      pathNot: [npm, ...own, ...(isSpec ? [kit] : [])],
      dependencyTypesNot: [...core, 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
    },
  })),
  {
    name: `${name}-packages`,
    comment: `${name} uses only: ${allowedPackages.join(', ') || 'no package'}`,
    severity: 'error',
    from: { path, pathNot: spec },
    to: { path: npm, pathNot: allowedPackages.length > 0 ? packages(allowedPackages) : '^$' },
  },
  ...(options.node
    ? []
    : [
        {
          name: `${name}-without-node`,
          comment: `${name} does not know what it runs on`,
          severity: 'error',
          from: { path, pathNot: spec },
          to: { dependencyTypes: core },
        },
      ]),
];

const web = [
  'react',
  'react-dom',
  'react-i18next',
  'i18next',
  'echarts',
  '@mantine',
  '@tanstack',
  'read-excel-file',
  'write-excel-file',
];
const outside = '^(apps|cli|stack|test|bench)/';
const server = '^apps/(?!web/)[^/]+/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'what cli/bootstrap.mjs hands over to is there after a build only',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\.\\./)+dist/' },
    },
    {
      name: 'not-to-dev-dep',
      comment:
        'what runs in production stands in dependencies; the page is bundled, with the client that it asks by, so their packages need not',
      severity: 'error',
      from: { path: `^libs/(?!client/)|${server}`, pathNot: spec },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-undeclared',
      comment: 'a package that is used is declared, not found by luck',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'not-to-spec', severity: 'error', from: { pathNot: spec }, to: { path: spec } },
    ...room('domain', '^libs/domain/', ['^libs/domain/'], []),
    {
      name: 'reference-data-in-one-place',
      comment: 'it is checked before a rule is made of it',
      severity: 'error',
      from: { path: '^libs/domain/src/', pathNot: '^libs/domain/src/reference/data\\.ts$' },
      to: { path: '^libs/domain/src/data/' },
    },
    ...room('contracts', '^libs/contracts/', [libs(['contracts', 'domain'])], ['zod']),
    ...room(
      'store',
      '^libs/store/',
      [libs(['store', 'contracts', 'service', 'stream', 'domain', 'promises'])],
      [...nest, 'mongoose'],
      {
        node: true,
      },
    ),
    ...room('tracing', '^libs/tracing/', [libs(['tracing', 'domain', 'promises'])], ['@opentelemetry', 'bullmq-otel'], {
      node: true,
    }),
    ...room('promises', '^libs/promises/', [libs(['promises'])], []),
    ...room(
      'kafka',
      '^libs/kafka/',
      [libs(['kafka', 'tracing', 'domain', 'promises'])],
      ['kafkajs', '@node-rs', 'snappy', 'lz4-napi', 'fzstd', 'pino'],
      { node: true },
    ),
    ...room(
      'stream',
      '^libs/stream/',
      [libs(['stream', 'tracing', 'kafka', 'domain', 'promises'])],
      [...nest, 'pino', 'zod'],
      {
        node: true,
      },
    ),
    ...room(
      'queue',
      '^libs/queue/',
      [libs(['queue', 'service', 'tracing', 'domain', 'promises'])],
      [...nest, 'bullmq', 'ioredis', 'pino'],
      {
        node: true,
      },
    ),
    ...room(
      'service',
      '^libs/service/',
      [libs(['service', 'access', 'tracing', 'stream', 'kafka', 'contracts', 'domain', 'promises'])],
      [...nest, '@fastify/cors', '@fastify/helmet', 'pino', 'prom-client', 'zod'],
      { node: true },
    ),
    ...room(
      'access',
      '^libs/access/',
      [libs(['access', 'service', 'stream', 'kafka', 'contracts', 'domain', 'promises'])],
      [...nest, '@fastify/cookie', 'ioredis', 'jose', 'openid-client', 'pino', 'rate-limiter-flexible', 'zod'],
      { node: true },
    ),
    ...room('client', '^libs/client/', [libs(['client'])], ['openapi-fetch']),
    ...room('web', '^apps/web/src/', ['^apps/web/', libs(['client', 'domain', 'contracts'])], web),
    {
      name: 'apps-reach-libs-only',
      comment: 'an app uses libs and itself: never another app, the command line, the stack or the tests',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: spec },
      to: { path: outside, pathNot: '^apps/$1/' },
    },
    {
      name: 'app-specs-reach-the-kit',
      comment: 'the specs of an app reach what the app reaches, and the test kit',
      severity: 'error',
      from: { path: `^apps/([^/]+)/.*${spec}` },
      to: { path: outside, pathNot: ['^apps/$1/', kit] },
    },
    { name: 'libs-reach-libs-only', severity: 'error', from: { path: '^libs/', pathNot: spec }, to: { path: outside } },
    {
      name: 'lib-specs-reach-the-kit',
      severity: 'error',
      from: { path: `^libs/.*${spec}` },
      to: { path: outside, pathNot: kit },
    },
    {
      name: 'libs-by-their-index',
      comment:
        'what a lib offers is in its index.ts (reached by its alias); data files may be read where they lie; the page takes the check of figures without the reference data',
      severity: 'error',
      from: { path: outside },
      to: {
        path: '^libs/',
        pathNot:
          '^libs/[^/]+/src/(index\\.ts$|data/|traced\\.ts$|services\\.ts$|demonstration\\.ts$|event/figure-check\\.ts$|(http|people|tokens)/index\\.ts$)',
      },
    },
    {
      name: 'cli-reaches-no-app',
      comment: 'what production is run by needs no app, no test and no benchmark; what they share is in libs',
      severity: 'error',
      from: { path: '^cli/', pathNot: spec },
      to: { path: '^(apps|test|bench)/' },
    },
    {
      name: 'recomputation-shares-nothing',
      comment: 'the judge of the figures has its own rules: of domain it takes the reference data alone, and types',
      severity: 'error',
      from: { path: '^libs/domain/src/recomputation/', pathNot: spec },
      to: {
        pathNot: ['^libs/domain/src/reference/(catalogue|unit)\\.ts$', '^libs/domain/src/recomputation/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kafkajs-in-one-room',
      comment:
        'its faults are corrected, and its types narrowed, in libs/kafka; a peer of a benchmark and a foreign client are not ours',
      severity: 'error',
      from: { pathNot: ['^libs/kafka/', '^test/clients/'] },
      to: { path: `${npm}kafkajs/` },
    },
    {
      name: 'no-redis-where-events-pass',
      comment:
        'ioredis declares a class that extends String, which slows all work on text in the process threefold (ADR 14)',
      severity: 'error',
      from: { path: '^apps/(?!dashboard|reports|reminders|web)', pathNot: spec },
      to: { path: `${npm}(ioredis|bullmq)/`, reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/', '^[.]local/'] },
    exclude: { path: ['^dist/', '^[.]local/', '^coverage/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
