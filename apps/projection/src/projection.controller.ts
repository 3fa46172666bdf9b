/**
 * The projection: the only one that writes rollups to MongoDB.
 *
 * It brings the three rollup topics and the refusals there. Of a batch only the newest state of a document is written, in one
 * bulk write, guarded by its version; the transport commits the offset after MongoDB has acknowledged it.
 */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
  ACCOUNTS_KEY,
  apparentUnit,
  decodeCommuneRollup,
  decodeWindowRollups,
  NOTE_PREFIX,
  type AccountsNote,
  type Origin,
  type RejectedEvent,
} from '#contracts';
import { monthIndex, provinceOf, unitOf, windowIndex, type MonthCells } from '#domain';
import type { KafkaMessage, RecordBatch } from '#platform';
import { RollupWriter, type RejectionDocument, type UnitMonthWrite, type WindowWrite } from '#store';

export const GENERATION = Symbol('Generation');
/** Versions of a generation are above all of the one before: offsets stay below 2⁴⁰. */
const GENERATION_SPAN = 2 ** 40;

@Controller()
export class ProjectionController {
  constructor(
    private readonly writer: RollupWriter,
    @Inject(GENERATION) private readonly generation: number,
  ) {}

  @EventPattern('provinceRollups')
  async provinceWindows(@Payload() batch: RecordBatch): Promise<void> {
    await this.windows(batch);
  }

  @EventPattern('nationalRollups')
  async nationalWindows(@Payload() batch: RecordBatch): Promise<void> {
    await this.windows(batch);
  }

  @EventPattern('communeRollups')
  async unitMonths(@Payload() batch: RecordBatch): Promise<void> {
    const newest = newestByKey(batch.records);
    const accounts = newest.get(ACCOUNTS_KEY);
    newest.delete(ACCOUNTS_KEY);
    const writes = [...newest].flatMap(([key, record]) => (key.startsWith(NOTE_PREFIX) ? [] : this.unitMonth(record)));
    await this.writer.writeUnitMonths(writes);
    if (accounts !== undefined) await this.accounts(accounts);
  }

  @EventPattern('rejectedEvents')
  async rejections(@Payload() batch: RecordBatch): Promise<void> {
    await this.writer.writeRejections(batch.records.flatMap((record) => toRejection(batch, record)));
  }

  private async windows({ records }: RecordBatch): Promise<void> {
    const writes = [...newestByKey(records).values()].flatMap((record) => this.window(record));
    await this.writer.writeWindows(writes);
  }

  private window(record: KafkaMessage): WindowWrite[] {
    const { g, unit, window, items, reports } = decodeWindowRollups(String(record.value));
    if (g !== this.generation || windowIndex(window) === undefined) return [];
    const extra = reports === undefined ? {} : { reports };
    return [{ unit, window, items, ...extra, version: this.version(record), updatedAt: timeOf(record) }];
  }

  private unitMonth(record: KafkaMessage): UnitMonthWrite[] {
    const { g, unit: code, month, cells } = decodeCommuneRollup(String(record.value));
    const unit = unitOf(code);
    if (g !== this.generation || unit === undefined || monthIndex(month) === undefined) return [];
    const live: Record<string, MonthCells[string]> = {};
    for (const [indicator, [, , , figure]] of Object.entries(cells)) if (figure !== null) live[indicator] = figure;
    const at = { version: this.version(record), updatedAt: timeOf(record) };
    return [{ unit: code, province: provinceOf(unit), month, cells: live, ...at }];
  }

  private async accounts(record: KafkaMessage): Promise<void> {
    const { g, partition, accounts } = JSON.parse(String(record.value)) as AccountsNote;
    if (g === this.generation) await this.writer.writeAccounts(partition, this.version(record), accounts);
  }

  private version({ offset }: KafkaMessage): number {
    return this.generation * GENERATION_SPAN + Number(offset) + 1;
  }
}

const timeOf = ({ timestamp }: KafkaMessage) => new Date(Number(timestamp));

/** The last record of each key, in the order of their offsets. */
const newestByKey = (records: readonly KafkaMessage[]): Map<string, KafkaMessage> => {
  const newest = new Map<string, KafkaMessage>();
  for (const record of records) {
    if (record.value === null || record.key === null || record.key === undefined) continue;
    const key = record.key.toString();
    newest.delete(key);
    newest.set(key, record);
  }
  return newest;
};

const toRejection = ({ partition }: RecordBatch, { key, value, offset }: KafkaMessage): RejectionDocument[] => {
  if (value === null) return [];
  const { code, pointer, detail, receivedAt, origin, raw } = JSON.parse(value.toString()) as RejectedEvent;
  const unit = apparentUnit(Buffer.from(raw, 'base64').toString(), key?.toString());
  const document = { code, pointer, detail, receivedAt: new Date(receivedAt), origin };
  return [{ _id: rejectionId(origin, partition, offset), ...(unit === undefined ? {} : { unit }), ...document }];
};

const rejectionId = (origin: Origin, partition: number, offset: string): string =>
  origin === 'http' ? `http|${partition}|${offset}` : `${origin.topic}|${origin.partition}|${origin.offset}`;
