/**
 * The check stage: events in, reports by province and refusals out.
 *
 * It holds no state. Everything that a batch led to is acknowledged before the transport commits its offset, so a crash leads
 * to a repeat, and repeats do no harm downstream.
 */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
  admittedProvince,
  carriedDecision,
  encodeCommuneReports,
  encodeDecisions,
  eventPartition,
  receivedOf,
  rejectionRecord,
  shareCounts,
} from '#contracts';
import { AppError, type Report } from '#domain';
import { RecordNotTaken, RecordSender, type OutRecord } from '#kafka';
import { sha256 } from '#service';
import { provincePartitions, type RecordBatch } from '#stream';
import { reduceBatch, type CheckedBatch, type RefusedRecord } from './check-batch.js';
import { inPortions, USUAL_PORTION } from './report-portions.js';
import type { StageContext } from './rollup.config.js';
import { STAGE_CONTEXT } from './tokens.js';

/** An operator has to act: the batch is taken again and again meanwhile. */
class PartitionStandsStill extends AppError {
  readonly code = 'PARTITION_STANDS_STILL';
  readonly retryable = true;
}

@Controller()
export class CheckController {
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
    if (batch.topic === this.context.topics.decisions) return this.passOnDecisions(batch);
    const reduced = reduceBatch(batch.records, admittedProvince(this.context.topics, batch.topic));
    const times = reduced.refused.map(({ message }) => Number(message.timestamp));
    await this.context.sealer?.prepare(times, (records) => this.sender.send(records, { cause: batch.cause }));
    try {
      await this.sender.send(this.recordsOf(batch, reduced, USUAL_PORTION, true), { cause: batch.cause });
    } catch (error) {
      if (!(error instanceof RecordNotTaken)) throw error;
      await this.sendSmallest(batch, reduced);
    }
    this.context.onRefused?.(reduced.refused.map(({ refusal }) => refusal));
  }

  /** Each to its province's partition, in their order. What is no decision is passed over: nobody but the API writes there. */
  private passOnDecisions({ records, cause }: RecordBatch): Promise<void> {
    const decisions = records.flatMap((record) => carriedDecision(record.value, record) ?? []);
    const { topics, generation } = this.context;
    const sent = decisions.map((decision) => ({
      topic: topics.communeReports,
      partition: this.partitionOf.get(decision.province) as number,
      key: null,
      value: encodeDecisions(generation, [decision]),
    }));
    return this.sender.send(sent, { cause });
  }

  /**
   * Everything as small as it can be, each record alone: what is made here is far below its topic's limit, so an operator has lowered that.
   * Where it does not help the partition waits for the limit to be raised, or for the record to be set aside; the others go on.
   */
  private async sendSmallest(batch: RecordBatch, reduced: CheckedBatch): Promise<void> {
    try {
      const records = this.recordsOf(batch, reduced, 1, false);
      await Promise.all(records.map((record) => this.sender.send([record], { cause: batch.cause })));
    } catch (cause) {
      if (!(cause instanceof RecordNotTaken)) throw cause;
      const { topic, partition, firstOffset, nextOffset } = batch;
      const context = { topic, partition, firstOffset, nextOffset };
      throw new PartitionStandsStill('what a batch leads to is larger than its topic takes', context, { cause });
    }
  }

  private recordsOf(batch: RecordBatch, reduced: CheckedBatch, most: number, withBytes: boolean): OutRecord[] {
    const refused = reduced.refused.map((record) => this.rejection(batch, record, withBytes));
    return [...this.reportRecords(batch, reduced, most), ...refused];
  }

  private reportRecords(batch: RecordBatch, { counts, byProvince }: CheckedBatch, most: number): OutRecord[] {
    const byPartition = new Map<number, Report[]>();
    for (const [province, reports] of byProvince) {
      const partition = this.partitionOf.get(province) as number;
      const group = byPartition.get(partition);
      if (group === undefined) byPartition.set(partition, [...reports]);
      else for (const report of reports) group.push(report);
    }
    if (byPartition.size === 0) byPartition.set(batch.partition % this.provincePartitions, []);
    const portions = [...byPartition].flatMap(([partition, reports]) =>
      inPortions(reports, most).map((portion) => ({ partition, portion })),
    );
    const { topics, generation: g } = this.context;
    const from = eventPartition(topics, batch.topic, batch.partition);
    const shares = shareCounts(
      counts,
      portions.map(({ portion }) => portion.length),
    );
    return portions.map(({ partition, portion }, index) => ({
      topic: topics.communeReports,
      partition,
      key: null,
      value: encodeCommuneReports({ g, from, behind: batch.behind, counts: shares[index] }, portion),
    }));
  }

  private rejection(
    { topic, partition }: RecordBatch,
    { message, refusal }: RefusedRecord,
    withBytes: boolean,
  ): OutRecord {
    const whole = receivedOf(topic, partition, message);
    const received = withBytes ? whole : { ...whole, bytes: null, headers: [] };
    const { topics, sealer } = this.context;
    return { topic: topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256, sealer?.seal) };
  }
}
