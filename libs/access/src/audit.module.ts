/** The audit log, and the refusals that stand in it, for a service that has a `RecordSender`. */
import { Global, Module } from '@nestjs/common';
import type { Topics } from '#contracts';
import { RecordSender } from '#kafka';
import { CLOCK, TOPICS, type Clock } from '#service';
import { AuditLog } from './audit-log.js';
import { AuditedRefusals } from './audited-refusals.js';
import { AuditedRequests } from './audited-requests.js';

/**
 * Entries are small, and a request to Kafka costs as much as some ten of them: those that come while two are under way, or within so many milliseconds of
 * the last one's beginning, go together. One that comes alone waits for nothing.
 */
const PACE = { mostUnderWay: 2, everyMs: 10 } as const;

@Global()
@Module({
  providers: [
    { provide: AuditedRefusals, useFactory: (log: AuditLog) => new AuditedRefusals(log), inject: [AuditLog] },
    { provide: AuditedRequests, useFactory: (log: AuditLog) => new AuditedRequests(log), inject: [AuditLog] },
    {
      provide: AuditLog,
      useFactory: (sender: RecordSender, topics: Topics, now: Clock) =>
        new AuditLog(sender.apart(PACE), topics.auditEntries, now),
      inject: [RecordSender, TOPICS, CLOCK],
    },
  ],
  exports: [AuditLog, AuditedRefusals, AuditedRequests],
})
export class AuditModule {}
