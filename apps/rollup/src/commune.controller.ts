/**
 * The commune stage: events in, reports by province and refusals out.
 *
 * It holds no state. Everything that a batch led to is acknowledged before the transport commits its offset, so a crash leads
 * to a repeat, and repeats do no harm downstream.
 */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { encodeCommuneReports, headersOf, rejectionRecord, shareCounts } from '#contracts';
import { provincePartitions, type Report } from '#domain';
import { RecordSender, sha256, type OutRecord, type RecordBatch } from '#platform';
import { reduceBatch, type CommuneBatch, type RefusedRecord } from './commune-batch.js';
import type { StageContext } from './rollup.config.js';
import { STAGE_CONTEXT } from './tokens.js';

/** Reports in one record: about 100 kB. */
const REPORTS_PER_RECORD = 1_000;

@Controller()
export class CommuneController {
  private readonly partitionOf: ReadonlyMap<string, number>;
  private readonly provincePartitions: number;

  constructor(
    @Inject(STAGE_CONTEXT) private readonly context: StageContext,
    private readonly sender: RecordSender,
  ) {
    this.partitionOf = provincePartitions(context.partitions.get(context.topics.communeReports) as number);
    this.provincePartitions = new Set(this.partitionOf.values()).size;
  }

  @EventPattern('indicatorEvents')
  async handle(@Payload() batch: RecordBatch): Promise<void> {
    const reduced = reduceBatch(batch.records);
    const records = [...this.reportRecords(batch, reduced), ...reduced.refused.map((r) => this.rejection(batch, r))];
    await this.sender.send(records);
  }

  private reportRecords(batch: RecordBatch, { counts, byProvince }: CommuneBatch): OutRecord[] {
    const byPartition = new Map<number, Report[]>();
    for (const [province, reports] of byProvince) {
      const partition = this.partitionOf.get(province) as number;
      const group = byPartition.get(partition);
      if (group === undefined) byPartition.set(partition, [...reports]);
      else for (const report of reports) group.push(report);
    }
    if (byPartition.size === 0) byPartition.set(batch.partition % this.provincePartitions, []);
    const portions = [...byPartition].flatMap(([partition, reports]) =>
      inPortions(reports).map((portion) => ({ partition, portion })),
    );
    const { topics, generation: g } = this.context;
    const shares = shareCounts(
      counts,
      portions.map(({ portion }) => portion.length),
    );
    return portions.map(({ partition, portion }, index) => ({
      topic: topics.communeReports,
      partition,
      key: null,
      value: encodeCommuneReports({ g, from: batch.partition, behind: batch.behind, counts: shares[index] }, portion),
    }));
  }

  private rejection({ topic, partition }: RecordBatch, { message, refusal }: RefusedRecord): OutRecord {
    const { key, timestamp, unreadable } = message;
    const bytes = unreadable?.bytes ?? message.value;
    const origin = { topic, partition, offset: unreadable?.firstOffset ?? message.offset };
    const headers = headersOf(message.headers ?? {});
    const received = { origin, receivedAt: Number(timestamp), bytes, key, headers };
    return { topic: this.context.topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256) };
  }
}

const inPortions = (reports: readonly Report[]): (readonly Report[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(reports.length / REPORTS_PER_RECORD)) }, (_, n) =>
    reports.slice(n * REPORTS_PER_RECORD, (n + 1) * REPORTS_PER_RECORD),
  );
