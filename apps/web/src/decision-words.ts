/** Why something was not decided, in people's words; a fault that has none says what the service says. */
import type { TFunction } from 'i18next';
import { ApiError } from './api';
import { vi } from './vi';

const words = vi.decision;

export function whyNot(t: TFunction, error: Error): string {
  if (!(error instanceof ApiError) || !Object.hasOwn(words, error.code)) return error.message;
  return t(`decision.${error.code as keyof typeof words}`);
}
