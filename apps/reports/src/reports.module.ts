/** The reports service as a Nest module. Its worker and its sweep begin when everything is there, and are done before what they use is closed. */
import { Module } from '@nestjs/common';
import { CLOCK, CONFIG, LOGGER, ServiceWatch, type Clock, type Logger } from '#service';
import { PipelineProgress } from '#stream';
import { JobQueue } from '#queue';
import {
  CONNECTION,
  SummaryRepository,
  SummaryRequests,
  SummaryScheduleLog,
  SummarySource,
  type Connection,
} from '#store';
import type { ReportsConfig } from './reports.config.js';
import { SummaryIssuer } from './summary.issuer.js';
import { SummarySchedules } from './summary.schedules.js';
import { SummarySweep } from './summary.sweep.js';
import { SummaryWorker } from './summary.worker.js';

const schedulesOf = (
  queue: JobQueue,
  requests: SummaryRequests,
  connection: Connection,
  { SUMMARY_DAY: day, SUMMARY_HOUR: hour }: ReportsConfig,
  now: Clock,
): SummarySchedules => new SummarySchedules(queue, requests, new SummaryScheduleLog(connection), { day, hour }, now);

const issuerOf = (
  repository: SummaryRepository,
  source: SummarySource,
  progress: PipelineProgress,
  now: Clock,
  { CLOCK_SKEW_MS }: ReportsConfig,
): SummaryIssuer => new SummaryIssuer(repository, source, progress, now, CLOCK_SKEW_MS);

const workerOf = (
  config: ReportsConfig,
  issuer: SummaryIssuer,
  schedules: SummarySchedules,
  repository: SummaryRepository,
  logger: Logger,
  watch: ServiceWatch,
): SummaryWorker => {
  const worker = new SummaryWorker(config, issuer, schedules, repository, logger);
  worker.measured(watch.service);
  return worker;
};

const sweepOf = (
  queue: JobQueue,
  repository: SummaryRepository,
  schedules: SummarySchedules,
  logger: Logger,
): SummarySweep => new SummarySweep(queue, repository, schedules, logger);

@Module({
  providers: [
    {
      provide: SummarySchedules,
      useFactory: schedulesOf,
      inject: [JobQueue, SummaryRequests, CONNECTION, CONFIG, CLOCK],
    },
    {
      provide: SummaryIssuer,
      useFactory: issuerOf,
      inject: [SummaryRepository, SummarySource, PipelineProgress, CLOCK, CONFIG],
    },
    {
      provide: SummaryWorker,
      useFactory: workerOf,
      inject: [CONFIG, SummaryIssuer, SummarySchedules, SummaryRepository, LOGGER, ServiceWatch],
    },
    {
      provide: SummarySweep,
      useFactory: sweepOf,
      inject: [JobQueue, SummaryRepository, SummarySchedules, LOGGER],
    },
  ],
})
export class ReportsModule {}
