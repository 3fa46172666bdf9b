/** Why the intake does not take a request; the filter gives each its HTTP status. */
import { AppError } from '#domain';

export class UnreadableBody extends AppError {
  readonly code = 'UNREADABLE_BODY';
  readonly retryable = false;
}
export class RequestTooLarge extends AppError {
  readonly code = 'REQUEST_TOO_LARGE';
  readonly retryable = false;
}
export class UnsupportedType extends AppError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  readonly retryable = false;
}
export class TooBusy extends AppError {
  readonly code = 'TOO_MANY_REQUESTS';
  readonly retryable = true;
}
export class KafkaUnavailable extends AppError {
  readonly code = 'KAFKA_UNAVAILABLE';
  readonly retryable = true;
}
