/**
 * The receipts of a topic's records: set by the broker, or, for a while, kept as they are given.
 *
 * A topic that is put back from a copy keeps the receipts that its records had, or history and timeliness would begin anew on that day.
 * While it does, whoever publishes says when his record was received, so it is for an installation to which nobody reports meanwhile.
 */
import kafkajs from 'kafkajs';
import type { Kafka } from './port.js';

const TIMESTAMPS = 'message.timestamp.type';
/** Of the settings of a topic, those that were made for it alone. */
const MADE_FOR_THE_TOPIC = 1;

/** Does the work while the topic keeps receipts as they are given; afterwards, whatever came of it, the broker sets them. */
export const withOwnReceipts = async <T>(kafka: Kafka, topic: string, work: () => Promise<T>): Promise<T> => {
  await stampBy(kafka, topic, 'CreateTime');
  try {
    return await work();
  } finally {
    await brokerSetsReceipts(kafka, topic);
  }
};

/** From now on; also ends what a process began that was killed in the middle. */
export const brokerSetsReceipts = (kafka: Kafka, topic: string): Promise<void> =>
  stampBy(kafka, topic, 'LogAppendTime');

const stampBy = async (kafka: Kafka, topic: string, type: 'CreateTime' | 'LogAppendTime'): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic };
    const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false });
    const made = resources[0].configEntries.filter(({ configSource }) => Number(configSource) === MADE_FOR_THE_TOPIC);
    if (made.some(({ configName, configValue }) => configName === TIMESTAMPS && configValue === type)) return;
    // Those that are given replace all that were made.
    const others = made.filter(({ configName }) => configName !== TIMESTAMPS);
    const entries = others.map(({ configName, configValue }) => ({ name: configName, value: configValue }));
    const configEntries = [...entries, { name: TIMESTAMPS, value: type }];
    await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] });
  } finally {
    await admin.disconnect();
  }
};
