/**
 * Summaries for a service: who keeps them, where their content comes from, and who asks for one. Needs the store, and to know how far the pipeline is.
 */
import { Global, Module } from '@nestjs/common';
import { calendarWith, type Calendar } from '#domain';
import { CONFIG, type PlatformConfig } from '#service';
import { PipelineProgress } from '#stream';
import type { Connection } from './connect.js';
import { HistoryReader } from './history-reader.js';
import { RollupReader } from './rollup-reader.js';
import { CONNECTION } from './store.module.js';
import { SummaryRepository } from './summary-repository.js';
import { SummaryRequests } from './summary-requests.js';
import { SummarySource } from './summary-source.js';

const prepared = async (connection: Connection): Promise<SummaryRepository> => {
  const repository = new SummaryRepository(connection);
  await repository.prepare();
  return repository;
};

/** The deadlines of reports (`Calendar`), as the configuration says. */
export const CALENDAR = Symbol('Calendar');

const calendarOf = ({ COMMUNE_DEADLINE_DAY, PROVINCE_DEADLINE_DAY }: PlatformConfig): Calendar =>
  calendarWith({ communeDay: COMMUNE_DEADLINE_DAY, provinceDay: PROVINCE_DEADLINE_DAY });

const sourceOf = (reader: RollupReader, history: HistoryReader, calendar: Calendar) =>
  new SummarySource(reader, history, calendar);

const requestsOf = (repository: SummaryRepository, source: SummarySource, progress: PipelineProgress) =>
  new SummaryRequests(repository, source, progress);

@Global()
@Module({
  providers: [
    { provide: SummaryRepository, useFactory: prepared, inject: [CONNECTION] },
    { provide: CALENDAR, useFactory: calendarOf, inject: [CONFIG] },
    { provide: SummarySource, useFactory: sourceOf, inject: [RollupReader, HistoryReader, CALENDAR] },
    {
      provide: SummaryRequests,
      useFactory: requestsOf,
      inject: [SummaryRepository, SummarySource, PipelineProgress],
    },
  ],
  exports: [CALENDAR, SummaryRepository, SummarySource, SummaryRequests],
})
export class SummariesModule {}
