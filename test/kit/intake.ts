/** An intake within the test's process, with all of it but Kafka: what it would publish is kept. */
import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RecordSender, type OutRecord } from '#kafka';
import { ServiceModule, TOPICS } from '#service';
import { createHttp } from '#service/http';
import { topicsOf } from '#contracts';
import { intakeHttp, IntakeModule } from '../../apps/intake/src/intake.module.js';
import { intakeSchema } from '../../apps/intake/src/intake.config.js';
import { aService } from './service.js';

const topics = topicsOf('t');

export interface FakeIntake {
  readonly app: NestFastifyApplication;
  /** What was published since it was last taken from here. */
  taken(topic: string): OutRecord[];
}

/** In the place of the modules that reach Kafka. */
@Global()
@Module({})
class KeptRecords {}

export const anIntake = async (env: Record<string, string> = {}): Promise<FakeIntake> => {
  let published: OutRecord[] = [];
  const sendBatch = ({ topicMessages }: { topicMessages: { topic: string; messages: OutRecord[] }[] }) => {
    for (const { topic, messages } of topicMessages) published.push(...messages.map((each) => ({ ...each, topic })));
    return Promise.resolve([]);
  };
  const providers = [
    { provide: TOPICS, useValue: topics },
    { provide: RecordSender, useValue: new RecordSender({ sendBatch: sendBatch as never }) },
  ];
  const kept = { module: KeptRecords, providers, exports: [TOPICS, RecordSender] };
  const config = intakeSchema.parse({ KAFKA_BROKERS: 'none:1', ...env });
  const service = aService('intake', config);
  const module = { module: IntakeModule, imports: [ServiceModule.of(service), kept] };
  const app = await createHttp(module, intakeHttp, service);
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
