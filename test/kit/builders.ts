/** Builders: name only the field at stake, the rest is a valid default. */
import {
  indicatorIndex,
  monthIndex,
  NOTHING_AROSE,
  reportingUnitIndex,
  REPORTED,
  RETRACTED,
  type Report,
} from '#domain';

type Data = Record<string, unknown>;
export type EventFields = Partial<{
  id: string;
  time: string;
  type: string;
  source: string;
  specversion: unknown;
  data: Data;
}> &
  Data;

/** A valid CloudEvent of commune 00004, indicator c, 2026-03; `data` replaces fields of its data. */
export const anEvent = ({ data, ...fields }: EventFields = {}): Record<string, unknown> => {
  const unit = typeof data?.unit === 'string' ? data.unit : '00004';
  return {
    specversion: '1.0',
    id: 'event-1',
    source: `/units/${unit}`,
    type: REPORTED,
    time: '2026-03-14T09:30:00Z',
    datacontenttype: 'application/json',
    data: { unit, indicator: 'c', period: '2026-03', revision: 1, numerator: 12, denominator: 30, ...data },
    ...fields,
  };
};

/** A valid retraction of the same cell. */
export const aRetraction = (data: Data = {}, fields: EventFields = {}): Record<string, unknown> => ({
  ...anEvent(fields),
  type: RETRACTED,
  data: { unit: '00004', indicator: 'c', period: '2026-03', revision: 1, ...data },
});

/** A valid event that nothing arose in commune 00004 in 2026-03. */
export const aQuietMonth = (data: Data = {}, fields: EventFields = {}): Record<string, unknown> => ({
  ...anEvent(fields),
  type: NOTHING_AROSE,
  data: { unit: '00004', period: '2026-03', revision: 1, ...data },
});

export interface ReportFields extends Partial<Omit<Report, 'unit' | 'indicator' | 'month'>> {
  readonly unit?: string;
  readonly indicator?: string;
  readonly month?: string;
}

/** A valid report of commune 00004, indicator c, 2026-03. */
export const aReport = ({
  unit = '00004',
  indicator = 'c',
  month = '2026-03',
  ...fields
}: ReportFields = {}): Report => ({
  unit: reportingUnitIndex(unit) as number,
  indicator: indicatorIndex(indicator) as number,
  month: monthIndex(month) as number,
  revision: 1,
  seconds: 1_773_480_600,
  fraction: '',
  id: 'event-1',
  figure: [12, 30],
  receivedAt: 1_773_480_601_250,
  ...fields,
});
