/** Why something is not decided: the month, its figures or the correction is another by now, or it is not known yet. */
import { AppError } from '#domain';

type Code =
  | 'MONTH_LOCKED'
  | 'MONTH_OPEN'
  | 'FIGURES_CHANGED'
  | 'HELD_CHANGED'
  | 'DECIDED_ALREADY'
  | 'WINDOW_NOT_BEGUN'
  | 'PERSONAL_DATA';

export class NotDecided extends AppError {
  readonly retryable = false;

  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

/** A decision is with Kafka and not to be seen yet: another look tells. */
export class DecisionUnderWay extends AppError {
  readonly code = 'DECISION_UNDER_WAY';
  readonly retryable = true;
}
