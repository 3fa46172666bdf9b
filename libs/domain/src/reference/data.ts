/**
 * The reference data: the one place that imports it, each with its version, checked before anything is made of it.
 *
 * What the rest of domain knows of indicators, units, plans and deadlines comes from here (catalogue.ts, unit.ts, plans.ts, calendar.ts).
 * A process whose data is at odds with itself does not start. Where each comes from: data/SOURCES.md.
 */
import calendar from '../data/calendar.json' with { type: 'json' };
import catalogue from '../data/catalogue.json' with { type: 'json' };
import plans from '../data/plans.json' with { type: 'json' };
import reminders from '../data/reminders.json' with { type: 'json' };
import unitChanges from '../data/admin-unit-changes.json' with { type: 'json' };
import units from '../data/admin-units.json' with { type: 'json' };
import { AppError } from '../app-error.js';
import { referenceFaults } from './reference-faults.js';
import type { ReferenceData } from './reference.types.js';

class InvalidReference extends AppError {
  readonly code = 'INVALID_REFERENCE';
  readonly retryable = false;
}

export const reference = {
  catalogue,
  plans: { version: '2026.1', ...plans },
  units: { version: '2025-07-01', rows: units, changes: unitChanges },
  calendar,
  reminders,
} as unknown as ReferenceData;

const faults = referenceFaults(reference);
if (faults.length > 0)
  throw new InvalidReference(`the reference data is at odds with itself:\n  ${faults.join('\n  ')}`);
