/** Which unit the page shows: what the address asks for where the person may see it, else his own. */
import type { Person } from './api';

/** @param asked `VN` or a province, as the address says it */
export const shownUnit = ({ level, unit }: Pick<Person, 'level' | 'unit'>, asked: string): string =>
  level === 'country' ? asked : unit;

/** Whether somebody may do what a button or a panel is for; what he may not is not shown. */
export const mayDo = ({ may }: Pick<Person, 'may'>, action: string): boolean => may.includes(action);
