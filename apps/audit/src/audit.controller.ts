/** The audit service's two ways: entries into the chain, and the chain into MongoDB. Offsets are committed after each is durable. */
import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { decodeChained } from '#contracts';
import type { RecordBatch } from '#stream';
import { AuditTrail } from '#store';
import { Chains } from './chains.js';

@Controller()
export class AuditController {
  constructor(
    private readonly chains: Chains,
    private readonly trail: AuditTrail,
  ) {}

  @EventPattern('auditEntries')
  async entries(@Payload() batch: RecordBatch): Promise<void> {
    await this.chains.append(batch);
  }

  @EventPattern('audit')
  async chained(@Payload() { partition, records }: RecordBatch): Promise<void> {
    const entries = records.flatMap(({ value }) => {
      const text = String(value);
      const chained = decodeChained(text);
      return chained === undefined ? [] : [{ partition, chained, text }];
    });
    await this.trail.write(entries);
  }
}
