/** Typing a month in: the form as it stands, sending it, and waiting until the year's table shows it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { enterReport, readReportForm, type EnteredReport, type Entry } from './api-entry';
import { keys } from './query-keys';
import type { UnitYear } from './unit-year';

/** What the month says, read as the form opens, and again where somebody asks. */
export const useReportForm = (unit: string, period: string) =>
  useQuery({
    queryKey: keys.reportForm(unit, period),
    queryFn: ({ signal }) => readReportForm(unit, period, signal),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });

export const useEnterReport = (unit: string, period: string) =>
  useMutation({ mutationFn: (entry: Entry) => enterReport(unit, period, entry) });

/** What was taken of a month. */
export interface Sent {
  report: EnteredReport;
  /** That nothing arose. */
  isQuiet: boolean;
}

/** Pauses before the table is looked at again; each look is an entry of the audit trail. */
const pauses = [400, 600, 1_000, 1_500, 2_500, 4_000, 6_000, 10_000];

/** Whether a year's table shows everything of a report, by its events. */
function shows(year: UnitYear | undefined, { period, cells }: EnteredReport): boolean {
  const month = year?.months.find((each) => each.period === period);
  return cells.every(({ indicator, event }) => {
    const cell = month?.cells.find((each) => each.indicator === indicator);
    return cell?.event?.id === event || cell?.held?.event.id === event;
  });
}

/** Reads the year's table anew until it shows what was sent. @returns whether it does */
export function useArrival(unit: string, year: UnitYear, sent: EnteredReport | undefined): boolean {
  const client = useQueryClient();
  const isThere = sent !== undefined && shows(year, sent);
  const [looks, setLooks] = useState({ of: sent, n: 0 });
  const n = looks.of === sent ? looks.n : 0;
  useEffect(() => {
    const pause = pauses[n];
    if (sent === undefined || isThere || pause === undefined) return;
    const timer = setTimeout(() => {
      client
        .refetchQueries({ queryKey: keys.unitYear(unit, year.year) })
        .finally(() => setLooks({ of: sent, n: n + 1 }))
        .catch(reportError);
    }, pause);
    return () => clearTimeout(timer);
  }, [client, unit, year.year, sent, isThere, n]);
  return isThere;
}
