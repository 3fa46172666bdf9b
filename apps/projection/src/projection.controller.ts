/**
 * The projection: the only one that writes rollups to MongoDB.
 *
 * It brings the three rollup topics and the refusals there. Of a batch only the newest state of a document is written, in one
 * bulk write, guarded by its version; the offset is committed after MongoDB has acknowledged it.
 */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { decodeRejected, rejectedCell, rejectedUnit, type Origin } from '#contracts';
import type { KafkaMessage } from '#kafka';
import { GENERATION } from '#service';
import type { OwnedPartitions, RecordBatch } from '#stream';
import { RollupWriter, windowWrite, type RejectionDocument } from '#store';
import type { Turn } from './turn.js';
import type { Change } from './unit-months.js';

export const UNIT_MONTHS = Symbol('UnitMonths');
export const TURNS = Symbol('WritingTurns');

/** Whose turn it is to write: what may wait leaves room for what may not. */
export interface WritingTurns {
  readonly provinces: Turn;
  readonly units: Turn;
}

/** So many windows to read: they are catching up, as in a drain; a live one is read within milliseconds of its writing. */
const CATCHING_UP = 500;

@Controller()
export class ProjectionController {
  constructor(
    private readonly writer: RollupWriter,
    @Inject(GENERATION) private readonly generation: number,
    @Inject(UNIT_MONTHS) private readonly partitions: OwnedPartitions<Change>,
    @Inject(TURNS) private readonly turns: WritingTurns,
  ) {}

  @EventPattern('provinceRollups')
  async provinceWindows(@Payload() batch: RecordBatch): Promise<void> {
    await this.turns.provinces.take(() => this.windows(batch));
  }

  @EventPattern('nationalRollups')
  async nationalWindows(@Payload() batch: RecordBatch): Promise<void> {
    this.turns.provinces.noteOthers();
    await this.windows(batch);
  }

  @EventPattern('communeRollups')
  async unitMonths(@Payload() batch: RecordBatch): Promise<void> {
    await this.partitions.handle(batch);
  }

  @EventPattern('rejectedEvents')
  async rejections(@Payload() batch: RecordBatch): Promise<void> {
    await this.writer.writeRejections(batch.records.flatMap((record) => toRejection(batch, record)));
  }

  private async windows({ records, behind }: RecordBatch): Promise<void> {
    const writes = [...newestByKey(records).values()].flatMap((record) => windowWrite(record, this.generation) ?? []);
    if (records.length + behind >= CATCHING_UP) this.turns.units.noteOthers();
    await this.writer.writeWindows(writes);
  }
}

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
  const rejected = decodeRejected(value.toString());
  if (rejected === undefined) return [];
  const { code, pointer, detail, receivedAt, origin } = rejected;
  const unit = rejectedUnit(rejected, key);
  const document = { ...rejectedCell(rejected), code, pointer, detail, receivedAt: new Date(receivedAt), origin };
  return [{ _id: rejectionId(origin, partition, offset), ...(unit === undefined ? {} : { unit }), ...document }];
};

const rejectionId = (origin: Origin, partition: number, offset: string): string =>
  origin === 'http' ? `http|${partition}|${offset}` : `${origin.topic}|${origin.partition}|${origin.offset}`;
