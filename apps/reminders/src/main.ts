/** Starts the reminders service. */
import '#tracing/traced';
import 'reflect-metadata';
import { REMINDER_QUEUE } from '#contracts';
import { KafkaModule, ProgressModule, runService } from '#service';
import { QueueModule } from '#queue';
import { RemindersModule, StoreModule } from '#store';
import { remindersSchema } from './reminders.config.js';
import { RemindingModule } from './reminding.module.js';

const kafka = KafkaModule.of({ isNeeded: false });
const queue = QueueModule.of(REMINDER_QUEUE);

runService({
  name: 'reminders',
  config: remindersSchema,
  modules: () => [kafka, ProgressModule, StoreModule, RemindersModule, queue, RemindingModule],
});
