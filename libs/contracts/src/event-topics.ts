/**
 * The topics that events come by: the main one, which the intake writes, and one for each province, which its direct publisher writes.
 *
 * A province's topic admits events of that province and its communes alone. Accounts and offsets of all of them are kept in one set: a
 * partition of the main topic goes by its own number, as it always did, one of a province's topic by a number that begins with the
 * province's code. So what older records say means what it meant.
 */
import { provinces } from '#domain';

/** What is to be known of an installation's topics. */
interface MainTopic {
  readonly indicatorEvents: string;
}

export interface ProvinceEventTopic {
  readonly topic: string;
  readonly province: string;
  /** What its partitions' numbers begin at, among the partitions of all event topics. */
  readonly numbersFrom: number;
}

/** More partitions than a topic ever has. */
const ROOM = 1_000_000;

export const provinceEventTopics = ({ indicatorEvents }: MainTopic): readonly ProvinceEventTopic[] =>
  provinces.map(({ code }) => ({
    topic: `${indicatorEvents}.${code}`,
    province: code,
    numbersFrom: Number(code) * ROOM,
  }));

/** What the check stage reads beside the main topic: the provinces' topics, and what was decided. */
export const checkedBeside = (topics: MainTopic & { readonly decisions: string }) => [
  ...provinceEventTopics(topics),
  { topic: topics.decisions, numbersFrom: 100 * ROOM },
];

/** The main topic, then the provinces'. */
export const eventTopics = (topics: MainTopic): readonly string[] => [
  topics.indicatorEvents,
  ...provinceEventTopics(topics).map(({ topic }) => topic),
];

/** The province whose events a topic admits; undefined: it admits those of all. */
export const admittedProvince = ({ indicatorEvents }: MainTopic, topic: string): string | undefined =>
  topic.startsWith(`${indicatorEvents}.`) ? topic.slice(indicatorEvents.length + 1) : undefined;

/** A partition's number among those of all event topics. */
export const eventPartition = (topics: MainTopic, topic: string, partition: number): number =>
  Number(admittedProvince(topics, topic) ?? 0) * ROOM + partition;

/** The same for people: `3` of the main topic, `01/0` of a province's. */
export const eventPartitionName = (number: number): string => {
  const province = Math.floor(number / ROOM);
  return province === 0 ? String(number) : `${String(province).padStart(2, '0')}/${number % ROOM}`;
};
