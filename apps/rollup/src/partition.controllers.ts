/** The stages with state: what was fetched of a partition goes to that partition. */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { RecordBatch } from '#platform';
import type { OwnedPartitions } from './owned-partitions.js';
import { PARTITIONS } from './tokens.js';

@Controller()
export class ProvinceController {
  constructor(@Inject(PARTITIONS) private readonly partitions: OwnedPartitions) {}

  @EventPattern('communeReports')
  handle(@Payload() batch: RecordBatch): Promise<void> {
    return this.partitions.handle(batch);
  }
}

@Controller()
export class MinistryController {
  constructor(@Inject(PARTITIONS) private readonly partitions: OwnedPartitions) {}

  @EventPattern('provinceRollups')
  handle(@Payload() batch: RecordBatch): Promise<void> {
    return this.partitions.handle(batch);
  }
}
