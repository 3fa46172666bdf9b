/** Starts the audit service. */
import '#tracing/traced';
import 'reflect-metadata';
import { KafkaModule, readsTopics, runService } from '#service';
import { StoreModule } from '#store';
import { auditSchema } from './audit.config.js';
import { AuditServiceModule } from './audit.module.js';

runService({
  name: 'audit',
  config: auditSchema,
  modules: () => [KafkaModule.of(), StoreModule, AuditServiceModule],
  as: readsTopics,
});
