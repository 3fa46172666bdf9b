/** The dashboard's routes and what their description says of them. */
import { httpSchemas } from '#contracts';
import { HealthController, type ApiDescription } from '#service/http';
import { AuditController } from './audit.controller.js';
import { CalendarController } from './calendar.controller.js';
import { ContactsController } from './contacts.controller.js';
import { ReportsController } from './entry/reports.controller.js';
import { examples } from './examples.js';
import { HeldController } from './held.controller.js';
import { HistoryController } from './history.controller.js';
import { LiveController } from './live.controller.js';
import { MonthlyController } from './monthly.controller.js';
import { MonthsController } from './months.controller.js';
import { ReferenceController } from './reference.controller.js';
import { RemindersController } from './reminders.controller.js';
import { RollupsController } from './rollups.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SummariesController } from './summaries.controller.js';
import { SuspiciousController } from './suspicious.controller.js';
import { TableController } from './table.controller.js';
import { UnitYearController } from './unit-year.controller.js';

export const controllers = [
  RollupsController,
  MonthlyController,
  TableController,
  HistoryController,
  UnitYearController,
  CalendarController,
  SuspiciousController,
  ReferenceController,
  LiveController,
  SummariesController,
  MonthsController,
  HeldController,
  ReportsController,
  RemindersController,
  ContactsController,
  SignInController,
  SessionsController,
  AuditController,
  HealthController,
];

export const description: ApiDescription = {
  title: 'Tổng Hợp: dashboard',
  description:
    'Rollups, completeness, the live stream and national summaries. Figures with an ETag are what MongoDB held a quarter of a second ago at most; to a request with `Cache-Control: no-cache` what it held after the request came.',
  schemas: httpSchemas,
  examples,
  tags: {
    rollups: 'Figures, reports and refusals',
    stream: 'Figures as they change',
    reference: 'Catalogue, plans and units',
    summaries: 'National summaries, issued once',
    decisions: 'Months submitted, locked and reopened; corrections held and decided',
    entry: 'What is typed about a month, by those who have no system of their own',
    reminders: 'Who was reminded of a report, and where to',
    'sign-in': 'Signing in and out, and who one is',
    audit: 'Who did what',
    operation: 'Health and metrics',
  },
};
