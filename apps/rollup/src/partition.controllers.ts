/** The stages with state: what was fetched of a partition goes to that partition. */
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { OutRecord } from '#kafka';
import type { OwnedPartitions, RecordBatch } from '#stream';
import { PARTITIONS } from './tokens.js';

@Controller()
export class ProvinceController {
  constructor(@Inject(PARTITIONS) private readonly partitions: OwnedPartitions<OutRecord>) {}

  @EventPattern('communeReports')
  handle(@Payload() batch: RecordBatch): Promise<void> {
    return this.partitions.handle(batch);
  }
}

@Controller()
export class MinistryController {
  constructor(@Inject(PARTITIONS) private readonly partitions: OwnedPartitions<OutRecord>) {}

  @EventPattern('provinceRollups')
  handle(@Payload() batch: RecordBatch): Promise<void> {
    return this.partitions.handle(batch);
  }
}
