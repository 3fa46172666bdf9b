/**
 * What a secure Kafka has to hold before the services come: its access-control list, made of the table of rights, and the topics, which no
 * service may make there. What stands already is left.
 */
import { kafkaRights, topicSpecs, topicsOf, type KafkaRights } from '#contracts';
import { createSecureKafka, ensureTopics, giveRights, type Right } from '#kafka';
import { stackSecurity } from './secure.js';
import type { Site } from './site.js';

const DEFAULT_PARTITIONS = 12;

export const prepareKafka = async (site: Site, broker: string): Promise<void> => {
  const kafka = createSecureKafka(broker, 'stack', stackSecurity(site));
  const { TOPIC_PREFIX: prefix = 'duan5', TOPIC_PARTITIONS: partitions = DEFAULT_PARTITIONS } = site.env;
  await giveRights(kafka, rightsOf(prefix));
  await ensureTopics(kafka, topicSpecs(topicsOf(prefix)), Number(partitions));
};

/** @param prefix the first part of the installation's names */
const rightsOf = (prefix: string): Right[] => kafkaRights(prefix).flatMap((each) => ofPrincipal(prefix, each));

const ofPrincipal = (
  prefix: string,
  { principal, reads, writes, groups, transactions, sees, owns }: KafkaRights,
): Right[] => {
  const all = { principal, name: `${prefix}.`, isPrefix: true } as const;
  const kinds = ['topic', 'group', 'transaction'] as const;
  return [
    ...reads.map((name): Right => ({ principal, resource: 'topic', name, may: 'read' })),
    ...writes.map((name): Right => ({ principal, resource: 'topic', name, may: 'write' })),
    ...groups.map((name): Right => ({ principal, resource: 'group', name, isPrefix: true, may: 'read' })),
    ...(transactions === undefined
      ? []
      : [{ principal, resource: 'transaction', name: transactions, isPrefix: true, may: 'write' } as const]),
    ...(sees ? (['topic', 'group'] as const).map((resource): Right => ({ ...all, resource, may: 'describe' })) : []),
    ...(owns ? kinds.map((resource): Right => ({ ...all, resource, may: 'all' })) : []),
  ];
};
