/** Starts the dashboard: REST, the live stream, and the web app. */
import '#tracing/traced';
import 'reflect-metadata';
import { PeopleModule } from '#access/people';
import { SUMMARY_QUEUE } from '#contracts';
import { AccessModule, AuditModule, KeysModule, LimitsModule } from '#access';
import { KafkaModule, ProgressModule, runService, SenderModule } from '#service';
import { httpService } from '#service/http';
import { QueueModule } from '#queue';
import { RemindersModule, StoreModule, SummariesModule } from '#store';
import { dashboardLimits, dashboardSchema } from './dashboard.config.js';
import { dashboardHttp } from './dashboard.http.js';
import { DashboardModule } from './dashboard.module.js';

const limits = LimitsModule.of(dashboardLimits);
const access = [SenderModule, AuditModule, KeysModule, AccessModule, limits, PeopleModule];
const stores = [StoreModule, SummariesModule, RemindersModule];
const queue = QueueModule.of(SUMMARY_QUEUE, { isNeeded: false });

runService({
  name: 'dashboard',
  config: dashboardSchema,
  modules: () => [KafkaModule.of(), ...access, ProgressModule, ...stores, queue, DashboardModule],
  as: httpService(dashboardHttp),
});
