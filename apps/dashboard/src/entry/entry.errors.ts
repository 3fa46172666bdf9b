/** Why what was typed was not taken. */
import { AppError } from '#domain';

/** This installation has no intake that the dashboard may send to. */
export class EntryNotConfigured extends AppError {
  readonly code = 'ENTRY_NOT_CONFIGURED';
  readonly retryable = false;
}

/** Another has said something of a cell since the form showed it. Nothing was sent. */
export class ReportChanged extends AppError {
  readonly code = 'REPORT_CHANGED';
  readonly retryable = false;
}

/** The intake takes nothing now. Nothing was sent. */
export class IntakeUnavailable extends AppError {
  readonly code = 'INTAKE_UNAVAILABLE';
  readonly retryable = true;
}

/** It was sent, and no answer was seen: it may be there. The same once more does no harm. */
export class EntryUnderWay extends AppError {
  readonly code = 'ENTRY_UNDER_WAY';
  readonly retryable = true;
}
