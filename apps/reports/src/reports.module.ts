/** The reports service: its parts, and in which order they start and stop. */
import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { SUMMARY_QUEUE } from '#contracts';
import { calendarWith } from '#domain';
import type { PipelineProgress } from '#stream';
import { JobQueue } from '#queue';
import {
  RollupReader,
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

/** Closed last: worker and sweep use it while they drain. */
class ClosingQueue extends JobQueue implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

/** What the service stands on. */
export interface ReportsDependencies {
  readonly connection: Connection;
  readonly progress: PipelineProgress;
  readonly now?: () => number;
}

@Module({})
export class ReportsModule {
  static register(
    config: ReportsConfig,
    logger: Logger,
    { connection, progress, now = Date.now }: ReportsDependencies,
  ): DynamicModule {
    const calendar = calendarWith({
      communeDay: config.COMMUNE_DEADLINE_DAY,
      provinceDay: config.PROVINCE_DEADLINE_DAY,
    });
    const time = { day: config.SUMMARY_DAY, hour: config.SUMMARY_HOUR };
    const repository = new SummaryRepository(connection);
    const source = new SummarySource(new RollupReader(connection, now), calendar);
    const queue = new ClosingQueue(SUMMARY_QUEUE, config, logger);
    const requests = new SummaryRequests(repository, source, progress);
    const schedules = new SummarySchedules(queue, requests, new SummaryScheduleLog(connection), time, now);
    const issuer = new SummaryIssuer(repository, source, progress, now);
    return {
      module: ReportsModule,
      providers: [
        { provide: JobQueue, useValue: queue },
        { provide: SummaryRepository, useValue: repository },
        { provide: SummarySource, useValue: source },
        { provide: SummaryRequests, useValue: requests },
        { provide: SummarySchedules, useValue: schedules },
        { provide: SummaryIssuer, useValue: issuer },
        { provide: SummaryWorker, useValue: new SummaryWorker(config, issuer, schedules, repository, logger) },
        { provide: SummarySweep, useValue: new SummarySweep(queue, repository, schedules, logger) },
      ],
    };
  }
}
