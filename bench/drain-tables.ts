/** The tables of drains: beside Kafka Streams and the usual Nest service, and from a cold start. */
import { vi } from '../cli/say.js';
import { seededWorkload } from '../test/kit/seeded-workload.js';
import { coldRun, type ColdRun } from './cold.js';
import { drainRun, WARM_UP, type DrainRun } from './drain.js';
import { buildKafkaStreams } from './kafka-streams-jvm.js';
import { kafkaStreamsRun, type KafkaStreamsRun } from './kafka-streams.js';
import { backlogOf, profileFolder, repeated, showProfiles, type Bench } from './measuring.js';
import { nestIncRun, type NestIncRun } from './nest-inc.js';
import { heading, keep, line, row } from './report.js';
import { statistics } from './statistics.js';

const NEST_INC_EVENTS = 3_000;

interface DrainResult {
  readonly tonghop: DrainRun;
  readonly kafkaStreamsTables: KafkaStreamsRun;
  readonly kafkaStreams: KafkaStreamsRun;
  readonly kafkaStreamsWhole: KafkaStreamsRun;
  readonly nestInc: NestIncRun;
}

export const drain = async (bench: Bench): Promise<void> => {
  const { root, env, servers, say } = bench;
  const classPath = await buildKafkaStreams(root, say);
  const streams = { guarantee: 'at_least_once', classPath, warmUp: WARM_UP, servers } as const;
  const backlog = backlogOf(bench);
  const few = seededWorkload(NEST_INC_EVENTS, 2, 0);
  const profiles = profileFolder(bench);
  const results = await repeated(bench, async (): Promise<DrainResult> => ({
    tonghop: await drainRun(env, backlog, { servers, profiles }),
    kafkaStreamsTables: await kafkaStreamsRun(env, backlog, { ...streams, job: 'tables' }),
    kafkaStreams: await kafkaStreamsRun(env, backlog, { ...streams, job: 'months' }),
    kafkaStreamsWhole: await kafkaStreamsRun(env, backlog, { ...streams, job: 'whole' }),
    nestInc: await nestIncRun(env, few),
  }));
  if (profiles !== undefined) showProfiles(profiles);
  const of = (value: (result: DrainResult) => number) => statistics(results.map(value));
  const ratios = {
    kafkaStreamsTables: of(({ tonghop, kafkaStreamsTables }) => tonghop.windows / kafkaStreamsTables.eventsPerSecond),
    kafkaStreams: of(({ tonghop, kafkaStreams }) => tonghop.windows / kafkaStreams.eventsPerSecond),
    kafkaStreamsWhole: of(({ tonghop, kafkaStreamsWhole }) => tonghop.windows / kafkaStreamsWhole.eventsPerSecond),
    nestInc: of(({ tonghop, nestInc }) => tonghop.windows / nestInc.eventsPerSecond),
    ceiling: of(({ tonghop }) => tonghop.windows / tonghop.ceiling),
  };
  keep(root, 'drain', { events: backlog.messages.length - WARM_UP, ratios, results });
  heading(
    `Drain of ${vi(backlog.messages.length - WARM_UP)} events, start-up not counted; events a second, median of ${results.length} runs`,
  );
  const rates: [string, (result: DrainResult) => number][] = [
    ['Tổng Hợp: every province and national window exact in MongoDB', ({ tonghop }) => tonghop.windows],
    ["Tổng Hợp: and every unit's year", ({ tonghop }) => tonghop.everything],
    [
      'Kafka Streams, at least once: months only, no database, as documented (tables, JSON)',
      ({ kafkaStreamsTables }) => kafkaStreamsTables.eventsPerSecond,
    ],
    [
      'Kafka Streams, at least once: months only, no database, written for speed',
      ({ kafkaStreams }) => kafkaStreams.eventsPerSecond,
    ],
    [
      'Kafka Streams, at least once: the whole job, in MongoDB, written for speed',
      ({ kafkaStreamsWhole: { eventsPerSecond } }) => eventsPerSecond,
    ],
    [
      "Kafka Streams, the whole job: and every unit's year",
      ({ kafkaStreamsWhole: { everything } }) => everything ?? NaN,
    ],
    ['Nest, an event at a time with $inc', ({ nestInc }) => nestInc.eventsPerSecond],
    ['ceiling: kafkajs eachBatch with JSON.parse and nothing else', ({ tonghop }) => tonghop.ceiling],
  ];
  for (const [what, value] of rates) row(what, of(value));
  row('times Kafka Streams: months only, as documented', ratios.kafkaStreamsTables);
  row('times Kafka Streams: months only, written for speed', ratios.kafkaStreams);
  row('times Kafka Streams: the whole job, written for speed', ratios.kafkaStreamsWhole);
  row('times Nest with $inc', ratios.nestInc);
  row('share of the ceiling', ratios.ceiling);
  const [{ nestInc }] = results;
  line(
    `figures that are wrong: Tổng Hợp 0 in every run; Nest with $inc ${vi(nestInc.wrong)} of ${vi(nestInc.figures)}`,
  );
};

export const cold = async (bench: Bench): Promise<void> => {
  const { root, env, events, say } = bench;
  const classPath = await buildKafkaStreams(root, say);
  say('making the backlog…');
  const backlog = seededWorkload(events / 1.05, 1, 0);
  const results = await repeated(bench, () => coldRun(env, backlog, classPath));
  const of = (value: (run: ColdRun) => number) => statistics(results.map(value));
  const times = of(({ exact, peer }) => peer / exact);
  const waiting = backlog.messages.length;
  keep(root, 'cold', { events: waiting, times, results });
  heading(
    `Cold start with ${vi(waiting)} events waiting, everything at its defaults; seconds, median of ${results.length} runs`,
  );
  row(
    'npm run services: sources checked, services being started',
    of(({ starting }) => starting),
  );
  for (const service of Object.keys(results[0].ready))
    row(
      `  ${service} ready`,
      of(({ ready }) => ready[service]),
    );
  row(
    'every service ready',
    of(({ allReady }) => allReady),
  );
  row(
    'the API answers',
    of(({ apiAnswers }) => apiAnswers),
  );
  row(
    'the first national figure in the API',
    of(({ firstFigure }) => firstFigure),
  );
  row(
    'every national window exact in the API',
    of(({ exact }) => exact),
  );
  row(
    'Kafka Streams as documented (months only), from the start of its JVM',
    of(({ peer }) => peer),
  );
  row('times Kafka Streams', times);
};
