/**
 * docs/asyncapi.yaml is what outsiders read: it is a valid document, and it says what the code does. Names, settings and keys of the
 * topics and the codes of refusals are the code's own; every example is a record that the code reads.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Parser, type ParseOutput } from '@asyncapi/parser';
import { checkEvent, COUNTRY, isRefusal, monthCode, provinces, refusalCodes, reportingUnits } from '#domain';
import {
  communeRollupKey,
  decodeAccessKey,
  decodeAuditEntry,
  carriedDecision,
  decodeCommuneReports,
  decodeDecided,
  decodeCommuneRollup,
  decodeKeyUse,
  decodeNote,
  decodeWindowRollups,
  firstChainFault,
  reportOf,
  reportsOfCommuneRollup,
  windowRollupsKey,
} from './index.js';
import { decodeRejected } from './rejection.js';
import { provinceEventTopics } from './event-topics.js';
import { topicNames, topicSpecs, topicsOf, type TopicKey } from './topics.js';

type Diagnostics = ParseOutput['diagnostics'];

interface Schema {
  readonly [name: string]: unknown;
}
interface Channel {
  readonly address: string;
  readonly parameters?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
  readonly bindings: { readonly kafka: { readonly topicConfiguration: Readonly<Record<string, unknown>> } };
}
interface Message {
  readonly name: string;
  readonly payload: Parameters<typeof z.fromJSONSchema>[0];
  readonly examples: readonly { readonly payload: unknown }[];
  readonly bindings: { readonly kafka: { readonly key: Schema } };
}
interface Document {
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Record<string, Schema>;
  };
}

const text = readFileSync('docs/asyncapi.yaml', 'utf8');
const WARNING = 1;
const published = Object.keys(topicNames) as TopicKey[];

function isAccepted(event: string): boolean {
  const { data } = JSON.parse(event) as { data: { unit: string } };
  const receivedAt = Date.parse('2026-11-20T00:00:00Z');
  return !isRefusal(checkEvent({ bytes: event.length, text: event, key: data.unit, receivedAt }));
}

function holdsReports(text: string): boolean {
  const rollup = decodeCommuneRollup(text);
  return rollup !== undefined && reportsOfCommuneRollup(rollup, 1).length > 0;
}

function isNote(text: string): boolean {
  return decodeNote(text, 1) !== undefined;
}

/** The messages that are records of topics, each with whether the code reads it as such a record. */
const readers: Readonly<Record<string, (text: string) => boolean>> = {
  Reported: isAccepted,
  Retracted: isAccepted,
  NothingArose: isAccepted,
  Rejected: (text) => decodeRejected(text) !== undefined,
  CommuneReports: (text) =>
    decodeCommuneReports(text)
      ?.reports.map((tuple) => reportOf(tuple, 1))
      .every((report) => report !== undefined) === true,
  UnitMonth: holdsReports,
  MonthOverflow: holdsReports,
  DecidedMonth: (text) => (decodeDecided(Buffer.from(text), 1)?.decisions.length ?? 0) > 0,
  Decision: (text) => carriedDecision(Buffer.from(text), { offset: '1', timestamp: '1' }) !== undefined,
  Accounts: isNote,
  Owner: isNote,
  Windows: isNote,
  ProvinceWindow: (text) => decodeWindowRollups(text) !== undefined,
  NationalWindow: (text) => decodeWindowRollups(text) !== undefined,
  AccessKey: (text) => decodeAccessKey(Buffer.from(text)) !== undefined,
  KeyUse: (text) => decodeKeyUse(Buffer.from(text)) !== undefined,
  AuditEntry: (text) => decodeAuditEntry(text) !== undefined,
  ChainedEntry: (text) => firstChainFault([text], sha256) === undefined,
};
/** What reads these stands in rooms above this one. */
const readElsewhere = ['Rebuild', 'SealingKey', 'SetAside'];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('docs/asyncapi.yaml', () => {
  let document: Document;
  let diagnostics: Diagnostics;

  beforeAll(async () => {
    const parsed = await new Parser().parse(text);
    diagnostics = parsed.diagnostics;
    document = parsed.document?.json() as unknown as Document;
  });

  it('is valid, without a warning', () => {
    const faults = diagnostics.filter(({ severity }) => severity <= WARNING);
    expect(faults.map(({ code, message, path }) => `${code} ${path.join('.')}: ${message}`)).toEqual([]);
  });

  it('has examples of every message, and the code reads them', () => {
    const { messages } = document.components;
    expect(Object.keys(messages).sort()).toEqual([...Object.keys(readers), ...readElsewhere].sort());
    for (const [name, { examples }] of Object.entries(messages)) {
      expect(examples.length).toBeGreaterThan(0);
      if (readElsewhere.includes(name)) continue;
      for (const { payload } of examples) expect([name, readers[name](JSON.stringify(payload))]).toEqual([name, true]);
    }
  });

  it('has examples that are what the schemas say', () => {
    for (const { name, payload: schema, examples } of Object.values(document.components.messages)) {
      const faults = examples.map(({ payload }) => z.fromJSONSchema(schema).safeParse(payload).error?.issues ?? []);
      expect([name, faults.flat()]).toEqual([name, []]);
    }
  });

  it('names the topics that there are', () => {
    const addresses = Object.fromEntries(Object.entries(document.channels).map(([key, { address }]) => [key, address]));
    const topics = topicsOf('duan5');
    const { provinceIndicatorEvents, ...others } = addresses;
    expect(others).toEqual(Object.fromEntries(published.map((key) => [key, topics[key]])));
    const named = provinces.map(({ code }) => provinceIndicatorEvents.replace('{province}', code));
    expect(named).toEqual(provinceEventTopics(topics).map(({ topic }) => topic));
    const { parameters } = document.channels.provinceIndicatorEvents;
    expect(parameters?.province.enum).toEqual(provinces.map(({ code }) => code));
  });

  it.each(published)('says how %s is kept', (key) => {
    const { topicConfiguration } = document.channels[key].bindings.kafka;
    const spec = topicSpecs(topicsOf('duan5')).find(({ topic }) => topic === topicsOf('duan5')[key]);
    const said = ['cleanup.policy', 'retention.ms', 'max.message.bytes'];
    const kept = Object.entries(spec?.config ?? {}).filter(([name]) => said.includes(name));
    const written = Object.entries(topicConfiguration).map(([name, value]) => [name, String(value)]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(kept));
  });

  it('has an operation for each topic', () => {
    expect(Object.keys(document.operations)).toHaveLength(Object.keys(document.channels).length);
  });

  it('knows every code of a refusal, in the order in which they are checked', () => {
    const { code } = document.components.schemas.RejectedEvent.properties as { code: { enum: string[] } };
    expect(code.enum).toEqual([...refusalCodes]);
  });

  it('knows every key of province-rollups and national-rollups, and no other', () => {
    const keyOf = (message: string) => {
      const { pattern } = document.components.messages[message].bindings.kafka.key as { pattern: string };
      return new RegExp(pattern);
    };
    const windows = ['2026-03', '2026-Q1', '2026-H2', '2026-9M', '2026'];
    for (const window of windows) {
      for (const { code } of provinces) expect(keyOf('ProvinceWindow').test(windowRollupsKey(code, window))).toBe(true);
      expect(keyOf('NationalWindow').test(windowRollupsKey(COUNTRY, window))).toBe(true);
      expect(keyOf('ProvinceWindow').test(windowRollupsKey(COUNTRY, window))).toBe(false);
      expect(keyOf('NationalWindow').test(windowRollupsKey('01', window))).toBe(false);
    }
  });

  it('knows every key of commune-rollups, and no other', () => {
    const { pattern } = document.components.messages.UnitMonth.bindings.kafka.key as { pattern: string };
    const isKey = new RegExp(pattern);
    const wrong = reportingUnits.flatMap(({ code }) =>
      [0, 71].map((month) => communeRollupKey(code, monthCode(month))).filter((key) => !isKey.test(key)),
    );
    expect(wrong).toEqual([]);
    for (const other of ['VN|2026-03', '00004|2026-13', '00004|2024-12', '00004', '~accounts']) {
      expect(isKey.test(other)).toBe(false);
    }
  });
});
