/** Starts the reports service. */
import '#tracing/traced';
import 'reflect-metadata';
import { SUMMARY_QUEUE } from '#contracts';
import { KafkaModule, ProgressModule, runService } from '#service';
import { QueueModule } from '#queue';
import { StoreModule, SummariesModule } from '#store';
import { reportsSchema } from './reports.config.js';
import { ReportsModule } from './reports.module.js';

const kafka = KafkaModule.of({ isNeeded: false });
const queue = QueueModule.of(SUMMARY_QUEUE);

runService({
  name: 'reports',
  config: reportsSchema,
  modules: () => [kafka, ProgressModule, StoreModule, SummariesModule, queue, ReportsModule],
});
