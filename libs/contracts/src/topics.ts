/**
 * Topics: their names, what they are keyed by, and how they are kept.
 *
 * Names start with the installation's prefix, so that two installations on the same servers do not meet. The services make
 * the topics that are missing; a topic that exists is left as it is.
 */
import { provinceEventTopics } from './event-topics.js';

export const topicNames = {
  indicatorEvents: 'indicator-events.v1',
  rejectedEvents: 'rejected-events.v1',
  communeReports: 'commune-reports.v1',
  communeRollups: 'commune-rollups.v1',
  provinceRollups: 'province-rollups.v1',
  nationalRollups: 'national-rollups.v1',
  decisions: 'decisions.v1',
  control: 'control.v1',
  skippedRecords: 'skipped-records.v1',
  accessKeys: 'access-keys.v1',
  accessKeyUses: 'access-key-uses.v1',
  sealingKeys: 'sealing-keys.v1',
  auditEntries: 'audit-entries.v1',
  audit: 'audit.v1',
} as const;
export type TopicKey = keyof typeof topicNames;
export type Topics = Readonly<Record<TopicKey, string>>;

export const topicsOf = (prefix: string): Topics =>
  Object.fromEntries(Object.entries(topicNames).map(([key, name]) => [key, `${prefix}.${name}`])) as Topics;

export interface TopicSpec {
  readonly topic: string;
  /** Undefined: as many as the installation is configured for. */
  readonly partitions?: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Of the audit trail: one reader does, three share it. */
const AUDIT_PARTITIONS = 3;

const MIB = 1_048_576;
const forever = { 'cleanup.policy': 'delete', 'retention.ms': '-1' };
const events = { ...forever, 'message.timestamp.type': 'LogAppendTime' };
const thirtyDays = { 'cleanup.policy': 'delete', 'retention.ms': String(30 * 86_400_000) };
/** Only closed segments are compacted: small ones, closed within the hour, keep a restore short. */
const compacted = {
  'cleanup.policy': 'compact',
  'max.message.bytes': String(8 * MIB),
  'segment.bytes': String(64 * MIB),
  'min.cleanable.dirty.ratio': '0.3',
  'max.compaction.lag.ms': '3600000',
};

/** What to make where it is missing. */
export const topicSpecs = (topics: Topics): readonly TopicSpec[] => [
  { topic: topics.indicatorEvents, config: events },
  ...provinceEventTopics(topics).map(({ topic }) => ({ topic, partitions: 1, config: events })),
  { topic: topics.decisions, partitions: 1, config: events },
  { topic: topics.rejectedEvents, config: { ...forever, 'max.message.bytes': String(8 * MIB) } },
  { topic: topics.communeReports, config: { ...thirtyDays, 'max.message.bytes': String(8 * MIB) } },
  { topic: topics.communeRollups, config: compacted },
  { topic: topics.provinceRollups, config: compacted },
  { topic: topics.nationalRollups, config: compacted },
  { topic: topics.control, partitions: 1, config: forever },
  { topic: topics.skippedRecords, partitions: 1, config: forever },
  { topic: topics.sealingKeys, partitions: 1, config: { ...compacted, 'delete.retention.ms': '3600000' } },
  { topic: topics.auditEntries, partitions: AUDIT_PARTITIONS, config: forever },
  { topic: topics.audit, partitions: AUDIT_PARTITIONS, config: forever },
  { topic: topics.accessKeyUses, partitions: 1, config: { ...compacted, 'max.compaction.lag.ms': '86400000' } },
  { topic: topics.accessKeys, partitions: 1, config: { ...compacted, 'max.compaction.lag.ms': '86400000' } },
];
