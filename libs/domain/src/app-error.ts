/** Faults that leave a handler by throwing. Expected outcomes are return values instead. */
export abstract class AppError extends Error {
  /** Stable, greppable: logs, metrics and dead letters carry it. */
  abstract readonly code: string;
  /** True when the same input may succeed later. */
  abstract readonly retryable: boolean;

  constructor(
    message: string,
    readonly context: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options as ErrorOptions);
    this.name = new.target.name;
  }
}
