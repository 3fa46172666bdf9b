/**
 * Makes one file of each service: `dist/bundles/NAME.cjs`, from what the compiler made of it and the packages that it uses.
 *
 * A service is some two thousand modules; to find, read and link them takes a second of processor, and seven services start at once. In one file
 * it is less than a third of that (docs/adr/0026). What the code or a package looks for on the disk stays out of it: kafkajs, whose inner modules are
 * corrected by path (libs/kafka/src/corrections/index.ts), native add-ons, the files of the API's page.
 */
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { services } from '../dist/libs/contracts/src/services.js';

const apps = [...new Set(services.map(({ app }) => app))];
/** The others never load a Redis client (docs/adr/0014), which Nest would have for a transport that nobody uses. */
const withQueues = services.filter(({ hasQueues }) => hasQueues).map(({ app }) => app);
const folder = 'dist/bundles';

/** Found on the disk when they are needed; those that Nest would use if they were there are not there. */
const external = [
  /^kafkajs(\/|$)/,
  /^(snappy|lz4-napi|@node-rs|swagger-ui-dist)(\/|$)/,
  /^@opentelemetry\//,
  /^@nestjs\/(websockets|platform-express|platform-socket\.io)(\/|$)/,
  /^(class-transformer|class-validator|@grpc|amqplib|amqp-connection-manager|mqtt|nats|@nats-io)(\/|$)/,
  /^@fastify\/(view|multipart)$/,
  /\.node$/,
];

const nothing = { version: 3, sources: [], names: [], mappings: '' };

/** The compiler's map of each of its files, so that a stack trace names the TypeScript; of packages none: theirs would be thirty times as large. */
const maps = {
  name: 'maps',
  load: (id) => {
    if (!/\.[cm]?js$/.test(id) || id.includes('\0')) return undefined;
    const map = id.startsWith(resolve('dist')) ? JSON.parse(readFileSync(`${id}.map`, 'utf8')) : nothing;
    return { code: readFileSync(id, 'utf8'), map };
  },
};

const programs = [
  ...apps.map((app) => ({
    entry: `dist/apps/${app}/src/main.js`,
    name: app,
    without: withQueues.includes(app) ? [] : [/^ioredis(\/|$)/],
  })),
  // The thread of intake and dashboard that counts in Redis: it finds itself beside their files (libs/access/src/limits/worker-counter.ts).
  { entry: 'dist/libs/access/src/limits/rate-counter.worker.js', name: 'rate-counter.worker', without: [] },
];

const bundle = ({ entry, name, without }) =>
  build({
    configFile: false,
    logLevel: 'error',
    plugins: [maps],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: resolve(entry),
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      sourcemap: 'hidden',
      rolldownOptions: {
        external: [...external, ...without],
        output: {
          format: 'cjs',
          entryFileNames: `${name}.cjs`,
          codeSplitting: false,
          dynamicImportInCjs: false,
          sourcemapExcludeSources: true,
        },
      },
    },
  });

// What V8 made of the bundles before goes with them (cli/run-bundle.ts).
rmSync(folder, { recursive: true, force: true });
await Promise.all(programs.map(bundle));
