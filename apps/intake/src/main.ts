/** Starts the intake. */
import 'reflect-metadata';
import { topicsOf, topicSpecs } from '#contracts';
import {
  answers,
  createKafka,
  createLogger,
  createProducer,
  ensureTopics,
  parseConfig,
  RecordSender,
  runMain,
  ServiceLife,
} from '#platform';
import { createIntake } from './intake.app.js';
import { intakeSchema } from './intake.config.js';

const main = async (): Promise<void> => {
  const config = parseConfig(intakeSchema, process.env);
  const logger = createLogger('intake', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const kafka = createKafka(config, 'intake', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const producer = createProducer(kafka, 4);
  await producer.connect();
  const admin = kafka.admin({ retry: { retries: 0 } });
  const ready = async () => ({
    kafka: await answers(async () => {
      await admin.connect();
      await admin.fetchTopicMetadata({ topics: [topics.indicatorEvents] });
    }),
  });
  const app = await createIntake({ config, topics, sender: new RecordSender(producer), ready, logger });
  life.onEnd(() => admin.disconnect());
  life.onEnd(() => producer.disconnect());
  await app.listen(config.INTAKE_PORT, config.INTAKE_HOST);
  life.ready(app);
};

runMain(main);
