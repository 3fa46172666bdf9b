/** An intake within the test's process, with all of it but Kafka: what it would publish is kept. */
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RecordSender, type OutRecord } from '#kafka';
import { createLogger, ServiceWatch } from '#service';
import { topicsOf } from '#contracts';
import { createIntake } from '../../apps/intake/src/intake.app.js';
import { intakeSchema } from '../../apps/intake/src/intake.config.js';

export const topics = topicsOf('t');

export interface FakeIntake {
  readonly app: NestFastifyApplication;
  /** What was published since it was last taken from here. */
  taken(topic: string): OutRecord[];
}

export const anIntake = async (env: Record<string, string> = {}): Promise<FakeIntake> => {
  let published: OutRecord[] = [];
  const sendBatch = ({ topicMessages }: { topicMessages: { topic: string; messages: OutRecord[] }[] }) => {
    for (const { topic, messages } of topicMessages) published.push(...messages.map((each) => ({ ...each, topic })));
    return Promise.resolve([]);
  };
  const app = await createIntake({
    config: intakeSchema.parse({ KAFKA_BROKERS: 'none:1', ...env }),
    topics,
    sender: new RecordSender({ sendBatch: sendBatch as never }),
    watch: new ServiceWatch({ service: 'intake', version: '0', restarts: 0 }),
    logger: createLogger('intake', 'silent'),
  });
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    taken: (topic) => {
      const own = published.filter((record) => record.topic === topic);
      published = published.filter((record) => record.topic !== topic);
      return own;
    },
  };
};
