/** The event topics read whole: every valid report with the receipt that the broker gave it. */
import { isRefusal, reportsSaidBy, type Decision, type Report } from '#domain';
import { EventLog } from '../../cli/event-log.js';
import type { Installation } from '../../cli/installation.js';

export const readReports = async (
  installation: Installation,
  decide: (decision: Decision) => void = () => undefined,
): Promise<readonly Report[]> => {
  const log = new EventLog(installation);
  const reports: Report[] = [];
  const take = ({ outcome }: { readonly outcome: Parameters<typeof isRefusal>[0] }) => {
    if (!isRefusal(outcome)) reports.push(...reportsSaidBy(outcome));
  };
  await log.readTo(await log.ends(), take, decide);
  return reports;
};
