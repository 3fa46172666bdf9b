/** Why the routes of months and held corrections refuse, for the API's description. */
import { whoMayNot, whyNotRead } from './problems.js';

export const whyNotShown = {
  ...whyNotRead,
  503: 'Kafka or MongoDB is away, or behind (CUT_OFF_OPEN); Retry-After says when to come again',
};
const body = {
  ...whoMayNot,
  403: `${whoMayNot[403]}; who submitted of the month is to lock it and another could: SAME_PERSON`,
  400: 'The body is another (INVALID_PARAMETER), or its reason names or numbers a person (PERSONAL_DATA)',
  404: 'No unit has this code: UNKNOWN_UNIT',
  415: 'The body is not application/json: UNSUPPORTED_MEDIA_TYPE',
  503: 'Something is away; or the cut-off is not closed (CUT_OFF_OPEN); or it is decided and cannot be seen yet (DECISION_UNDER_WAY): look again',
};
export const whyNotSigned = {
  ...body,
  409: 'The month is locked (MONTH_LOCKED) or open (MONTH_OPEN) by now, its figures are others (FIGURES_CHANGED), or it has not begun (WINDOW_NOT_BEGUN)',
};
export const whyNotDecided = {
  ...body,
  404: 'There is no such correction (NOT_FOUND), or no such unit (UNKNOWN_UNIT)',
  409: 'It is decided already (DECIDED_ALREADY), another has come since (HELD_CHANGED), or the month is open by now (MONTH_OPEN)',
};
