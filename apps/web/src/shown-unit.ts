/** Which unit the page shows: what the address asks for where the person may see it, else his own. */
import type { Person } from './api';

/** Whether a commune is within a province, the service says. @param asked `VN`, a province or a commune, as the address says it */
export const shownUnit = ({ level, unit }: Pick<Person, 'level' | 'unit'>, asked: string): string =>
  level === 'country' || (level === 'province' && asked.length === 5) ? asked : unit;

/** Whether somebody may do what a button or a panel is for; what he may not is not shown. */
export const mayDo = ({ may }: Pick<Person, 'may'>, action: string): boolean => may.includes(action);
