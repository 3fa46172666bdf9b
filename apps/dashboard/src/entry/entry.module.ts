/** What figures are entered with: the claims in MongoDB, and the intake. */
import { Module } from '@nestjs/common';
import { CONFIG } from '#service';
import { CONNECTION, EntryClaims } from '#store';
import type { DashboardConfig } from '../dashboard.config.js';
import { IntakeClient } from './intake-client.js';
import { ReportEntry } from './report-entry.js';

const intakeOf = ({ INTAKE_URL: url, INTAKE_KEY: key }: DashboardConfig): IntakeClient =>
  new IntakeClient(url === undefined || key === undefined ? undefined : { url, key });

const providers = [
  { provide: EntryClaims, useFactory: EntryClaims.prepared, inject: [CONNECTION] },
  { provide: IntakeClient, useFactory: intakeOf, inject: [CONFIG] },
  ReportEntry,
];

@Module({ providers, exports: providers })
export class EntryModule {}
