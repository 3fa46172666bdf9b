/** Starts the intake. */
import '#tracing/traced';
import 'reflect-metadata';
import { topicsOf, topicSpecs } from '#contracts';
import { createKafka, createProducer, ensureTopics, RecordSender } from '#kafka';
import { createLogger, measuredSends, parseConfig, runMain, ServiceLife } from '#service';
import { createIntake } from './intake.app.js';
import { intakeSchema } from './intake.config.js';

const main = async (): Promise<void> => {
  const config = parseConfig(intakeSchema, process.env);
  const logger = createLogger('intake', config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const watch = await life.watched('intake', config);
  const kafka = createKafka(config, 'intake', logger);
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  const producer = createProducer(kafka, 4);
  await producer.connect();
  watch.kafka(kafka, topics.indicatorEvents);
  const sender = new RecordSender(measuredSends(producer, watch.service));
  const app = await createIntake({ config, topics, sender, watch, logger });
  life.onEnd(() => producer.disconnect());
  await app.listen(config.INTAKE_PORT, config.INTAKE_HOST);
  life.ready(app);
};

runMain(main);
