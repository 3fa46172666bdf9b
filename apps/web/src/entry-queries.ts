/** Typing a month in: the form as it stands, sending it, and waiting until the year's table shows it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { enterReport, readReportForm, type EnteredReport, type Entry } from './api-entry';
import { keys } from './query-keys';
import { readUnitYear, type UnitYear } from './unit-year';

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

/** So often the table is asked for again; each time the service waits for the event, and each is an entry of the audit trail. */
const LOOKS = 2;

/** Whether a year's table shows everything of a report, by its events. */
function shows(year: UnitYear | undefined, { period, cells }: EnteredReport): boolean {
  const month = year?.months.find((each) => each.period === period);
  return cells.every(({ indicator, event }) => {
    const cell = month?.cells.find((each) => each.indicator === indicator);
    return cell?.event?.id === event || cell?.held?.event.id === event;
  });
}

/** Reads the year's table anew as soon as it shows what was sent: one look, as a rule. @returns whether it does */
export function useArrival(unit: string, year: UnitYear, sent: EnteredReport | undefined): boolean {
  const client = useQueryClient();
  const isThere = sent !== undefined && shows(year, sent);
  const [looks, setLooks] = useState({ of: sent, n: 0 });
  const n = looks.of === sent ? looks.n : 0;
  const last = sent?.cells.at(-1)?.event;
  useEffect(() => {
    if (last === undefined || isThere || n === LOOKS) return;
    const ending = new AbortController();
    readUnitYear(unit, year.year, ending.signal, last)
      .then((read) => client.setQueryData(keys.unitYear(unit, year.year), read))
      .catch((error: unknown) => {
        if (!ending.signal.aborted) reportError(error);
      })
      .finally(() => {
        if (!ending.signal.aborted) setLooks({ of: sent, n: n + 1 });
      })
      .catch(reportError);
    return () => ending.abort();
  }, [client, unit, year.year, sent, last, isThere, n]);
  return isThere;
}
