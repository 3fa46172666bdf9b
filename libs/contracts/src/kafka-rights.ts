/**
 * Who may do what in Kafka: a principal for each service, one for the operator's commands, one for each province's direct publisher.
 *
 * One table: the secure stack makes its users and its access-control list of it, and the runbook shows it. A service is given what it needs
 * and no more; only the intake writes the main event topic. Services know of all topics and groups (Describe): they look for topics that
 * are missing, and some follow how far others have read.
 */
import { provinces } from '#domain';
import { provinceEventTopics } from './event-topics.js';
import { services, type ServiceName } from './services.js';
import { topicsOf, type TopicKey } from './topics.js';

export interface KafkaRights {
  readonly principal: string;
  /** Names of topics. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** What the names of the groups begin with that it is a member of. */
  readonly groups: readonly string[];
  /** What the names of its transactions begin with. */
  readonly transactions?: string;
  /** Whether it sees which topics and groups the installation has. */
  readonly sees: boolean;
  /** Whether everything of the installation is its own: makes topics, reads, writes and forgets. */
  readonly owns: boolean;
}

export const OPERATOR = 'operator';

export const publisherOf = (province: string): string => `publisher-${province}`;

type Needs = Pick<KafkaRights, 'groups' | 'transactions'> & {
  readonly reads: readonly TopicKey[];
  readonly writes: readonly TopicKey[];
};

const rollups = ['communeRollups', 'provinceRollups', 'nationalRollups'] as const;

const needs: Readonly<Record<Exclude<ServiceName, 'demo-sign-in'>, Needs>> = {
  'rollup-check': {
    // It destroys the data keys of refused bytes that have run out.
    reads: ['indicatorEvents', 'decisions', 'skippedRecords', 'sealingKeys'],
    writes: ['communeReports', 'rejectedEvents', 'sealingKeys'],
    groups: ['rollup-check.', 'skipped-records.v1.read.', 'sealing-keys.v1.read.'],
  },
  'rollup-province': {
    reads: ['communeReports', 'communeRollups', 'skippedRecords'],
    writes: ['communeRollups', 'provinceRollups', 'rejectedEvents', 'sealingKeys'],
    groups: ['rollup-province.', 'skipped-records.v1.read.'],
    transactions: 'rollup-province.',
  },
  'rollup-ministry': {
    reads: ['provinceRollups', 'skippedRecords'],
    writes: ['provinceRollups', 'nationalRollups', 'rejectedEvents', 'sealingKeys'],
    groups: ['rollup-ministry.', 'skipped-records.v1.read.'],
    transactions: 'rollup-ministry.',
  },
  projection: {
    reads: [...rollups, 'rejectedEvents', 'skippedRecords'],
    writes: [],
    groups: ['projection.', 'skipped-records.v1.read.'],
  },
  intake: {
    reads: ['accessKeys', 'decisions'],
    writes: ['indicatorEvents', 'rejectedEvents', 'sealingKeys', 'accessKeyUses', 'auditEntries'],
    groups: ['access-keys.', 'decisions.v1.intake.'],
  },
  dashboard: {
    reads: [...rollups, 'accessKeys'],
    writes: ['decisions', 'auditEntries', 'accessKeyUses'],
    groups: ['dashboard.', 'access-keys.'],
  },
  audit: {
    reads: ['auditEntries', 'audit'],
    writes: ['audit'],
    groups: ['audit-entries.v1.readers', 'audit.v1.readers', 'audit.v1.read.'],
    transactions: 'audit.v1.',
  },
  reports: { reads: [], writes: [], groups: [] },
  reminders: { reads: [], writes: [], groups: [] },
};

const onKafka = services.flatMap(({ name }) => (name === 'demo-sign-in' ? [] : [name]));

/** @param prefix the first part of the names of topics, groups and transactions */
export const kafkaRights = (prefix: string): readonly KafkaRights[] => {
  const topics = topicsOf(prefix);
  const named = (name: string) => `${prefix}.${name}`;
  const ofServices = onKafka.map((name): KafkaRights => {
    const { reads, writes, groups, transactions } = needs[name];
    const besides = name === 'rollup-check' ? provinceEventTopics(topics).map(({ topic }) => topic) : [];
    return {
      principal: name,
      reads: [...reads.map((key) => topics[key]), ...besides],
      writes: writes.map((key) => topics[key]),
      groups: groups.map(named),
      ...(transactions === undefined ? {} : { transactions: named(transactions) }),
      sees: true,
      owns: false,
    };
  });
  const nothing = { reads: [], writes: [], groups: [], sees: false, owns: false };
  const publishers = provinceEventTopics(topics).map(({ topic, province }) => ({
    ...nothing,
    principal: publisherOf(province),
    writes: [topic],
  }));
  return [...ofServices, { ...nothing, principal: OPERATOR, owns: true }, ...publishers];
};

/** The users that there have to be. */
export const kafkaUsers: readonly string[] = [...onKafka, OPERATOR, ...provinces.map(({ code }) => publisherOf(code))];
