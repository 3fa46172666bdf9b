/**
 * What `npm run verify -- --repair` writes: the documents that differ, made again from the newest records of the rollup topics by
 * the projection's own code, and the refusals that are missing, from their events.
 *
 * Sound while everything runs: a document is replaced only if the projection has not written it since (document-repair.ts). Where
 * the topics themselves say something wrong it changes nothing for the better; then a rebuild does.
 */
import type { KafkaMessage } from '#kafka';
import { ACCOUNTS_KEY, DECIDED_PREFIX, decodeNote, NOTE_PREFIX, OVERFLOW_PREFIX, type AccountsNote } from '#contracts';
import { unitOf } from '#domain';
import { boundsOf, readTopic } from '#stream';
import {
  decidedMonthWrite,
  DocumentRepair,
  overflowWrite,
  unitMonthWrite,
  versionOf,
  windowWrite,
  type Connection,
} from '#store';
import type { Installation } from './installation.js';
import type { Difference } from './verification.js';
import type { Verified } from './verifier.js';

/** Writes anew what differs; returns how many documents were written. */
export const repairDocuments = async (
  installation: Installation,
  connection: Connection,
  { differences, missing, generation }: Verified,
): Promise<number> => {
  const repair = new DocumentRepair(connection, generation);
  const ids = new Set(differences.flatMap(documentsOf));
  const { provinceRollups, nationalRollups, communeRollups } = installation.topics;
  const windows = [
    ...(await newestRecords(installation, provinceRollups, (key) => ids.has(key))),
    ...(await newestRecords(installation, nationalRollups, (key) => ids.has(key))),
  ];
  const isWanted = (key: string) => key === ACCOUNTS_KEY || ids.has(documentOf(key));
  const records = inOrder(await newestRecords(installation, communeRollups, isWanted));
  const ofPrefix = (prefix: string) => records.filter(({ key }) => String(key).startsWith(prefix));
  const overflows = ofPrefix(OVERFLOW_PREFIX);
  const months = records.filter(({ key }) => !String(key).startsWith(NOTE_PREFIX));
  const areAccountsRight = differences.every(({ unit }) => unit !== 'accounts');
  return (
    (await repair.windows(windows.flatMap((record) => windowWrite(record, generation) ?? []))) +
    (await repair.overflows(
      overflows.flatMap((record) => overflowWrite(String(record.key), record, generation) ?? []),
    )) +
    (await repair.unitYears(months.flatMap((record) => unitMonthWrite(record, generation)?.write ?? []))) +
    (await repair.decided(ofPrefix(DECIDED_PREFIX).flatMap((record) => decidedMonthWrite(record, generation) ?? []))) +
    (areAccountsRight ? 0 : await repairAccounts(repair, ofPrefix(ACCOUNTS_KEY), generation)) +
    (await repair.rejections(missing))
  );
};

/** The documents that a difference may stand in: a window of a province or the country, or the year of a reporting unit. */
const documentsOf = ({ unit, window }: Difference): string[] =>
  unitOf(unit) === undefined ? [] : [`${unit}|${window}`, `${unit}|${window.slice(0, 4)}`];

/** The document that a difference in what a record says is found in: of a unit's month its year's, of what was decided the month's own. */
const documentOf = (key: string): string => {
  if (key.startsWith(DECIDED_PREFIX)) return key.split('|').slice(1, 3).join('|');
  const ofMonth = key.startsWith(OVERFLOW_PREFIX) ? key.slice(OVERFLOW_PREFIX.length) : key;
  return ofMonth.slice(0, ofMonth.indexOf('|') + 5);
};

const repairAccounts = async (
  repair: DocumentRepair,
  records: readonly KafkaMessage[],
  generation: number,
): Promise<number> => {
  let written = 0;
  for (const { key, value, offset } of records) {
    const note = key?.toString() === ACCOUNTS_KEY ? decodeNote<AccountsNote>(String(value), generation) : undefined;
    if (note !== undefined) written += await repair.accounts(note.partition, versionOf(note.g, offset), note.accounts);
  }
  return written;
};

/** The newest record of each key that is wanted, as the topic stands now. */
const newestRecords = async (
  { kafka }: Installation,
  topic: string,
  isWanted: (key: string) => boolean,
): Promise<KafkaMessage[]> => {
  const newest = new Map<string, KafkaMessage>();
  await readTopic(kafka, topic, await boundsOf(kafka, topic), (partition, record) => {
    const key = record.key?.toString() ?? '';
    if (record.value !== null && isWanted(key)) newest.set(`${partition}/${key}`, record);
  });
  return [...newest.values()];
};

const inOrder = (records: readonly KafkaMessage[]) => [...records].sort((a, b) => Number(a.offset) - Number(b.offset));
