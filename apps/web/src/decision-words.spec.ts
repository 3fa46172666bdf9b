/** Refused decisions in words. */
import type { TFunction } from 'i18next';
import { ApiError } from './api';
import { whyNot } from './decision-words';

const t = ((key: string) => key) as TFunction;

describe('why something was not decided', () => {
  it('is said in words where there are some, else as the service says it', () => {
    expect(whyNot(t, new ApiError(409, 'FIGURES_CHANGED', 'said'))).toBe('decision.FIGURES_CHANGED');
    expect(whyNot(t, new ApiError(500, 'INTERNAL_ERROR', 'said'))).toBe('said');
    expect(whyNot(t, new ApiError(500, 'toString', 'said'))).toBe('said');
    expect(whyNot(t, new Error('no network'))).toBe('no network');
  });
});
