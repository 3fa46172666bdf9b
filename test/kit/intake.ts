/** An intake within the test's process, with all of it but Kafka: what it would publish is kept. */
import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule, AuditModule, KeyBook, LimitsModule, makeKey, type Role } from '#access';
import { encodeAccessKey } from '#contracts';
import { COUNTRY } from '#domain';
import { RecordSender, type OutRecord } from '#kafka';
import { ServiceModule, TOPICS } from '#service';
import { createHttp } from '#service/http';
import { topicsOf } from '#contracts';
import { intakeHttp, IntakeModule } from '../../apps/intake/src/intake.module.js';
import { intakeLimits, intakeSchema } from '../../apps/intake/src/intake.config.js';
import { aService } from './service.js';

const topics = topicsOf('t');
const PEPPER = 'a pepper of thirty-two characters';
const FIRST = '2026-01-01T00:00:00.000Z';
const LAST = '2030-01-01T00:00:00.000Z';

export interface FakeIntake {
  /** Of a reporter for the whole country. */
  readonly usual: { readonly authorization: string };
  /** A key's header. */
  authorizationOf(role: Role, unit: string): { readonly authorization: string };
  readonly app: NestFastifyApplication;
  /** What was published since it was last taken from here. */
  taken(topic: string): OutRecord[];
}

/** In the place of the modules that reach Kafka. */
@Global()
@Module({})
class KeptRecords {}

export const anIntake = async (env: Record<string, string> = {}, now = Date.now): Promise<FakeIntake> => {
  let published: OutRecord[] = [];
  const sendBatch = ({ topicMessages }: { topicMessages: { topic: string; messages: OutRecord[] }[] }) => {
    for (const { topic, messages } of topicMessages) published.push(...messages.map((each) => ({ ...each, topic })));
    return Promise.resolve([]);
  };
  const providers = [
    { provide: TOPICS, useValue: topics },
    { provide: RecordSender, useValue: new RecordSender({ sendBatch: sendBatch as never }) },
    { provide: KeyBook, useFactory: () => book },
  ];
  const book = new KeyBook(PEPPER);
  const authorizationOf = (role: Role, unit: string) => {
    const { id, hash, token } = makeKey(PEPPER);
    const record = { v: 1, id, hash, kind: 'key', role, unit, name: '', issuedAt: FIRST, expiresAt: LAST } as const;
    book.take(Buffer.from(encodeAccessKey(record).value));
    return { authorization: `Bearer ${token}` };
  };
  const kept = { module: KeptRecords, providers, exports: [TOPICS, RecordSender, KeyBook] };
  const config = intakeSchema.parse({ ACCESS: 'demo', KAFKA_BROKERS: 'none:1', ...env });
  const service = aService('intake', config, now);
  const limits = LimitsModule.of(intakeLimits);
  const module = {
    module: IntakeModule,
    imports: [ServiceModule.of(service), kept, AuditModule, AccessModule, limits],
  };
  const app = await createHttp(module, intakeHttp, service);
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    usual: authorizationOf('reporter', COUNTRY),
    authorizationOf,
    taken: (topic) => {
      const own = published.filter((record) => record.topic === topic);
      published = published.filter((record) => record.topic !== topic);
      return own;
    },
  };
};
