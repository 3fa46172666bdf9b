/** The audit log, and the refusals that stand in it, for a service that has a `RecordSender`. */
import { Global, Module } from '@nestjs/common';
import type { Topics } from '#contracts';
import { RecordSender } from '#kafka';
import { CLOCK, TOPICS, type Clock } from '#service';
import { AuditLog } from './audit-log.js';
import { AuditedRefusals } from './audited-refusals.js';

@Global()
@Module({
  providers: [
    { provide: AuditedRefusals, useFactory: (log: AuditLog) => new AuditedRefusals(log), inject: [AuditLog] },
    {
      provide: AuditLog,
      useFactory: (sender: RecordSender, topics: Topics, now: Clock) => new AuditLog(sender, topics.auditEntries, now),
      inject: [RecordSender, TOPICS, CLOCK],
    },
  ],
  exports: [AuditLog, AuditedRefusals],
})
export class AuditModule {}
