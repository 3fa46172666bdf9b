/** Decisions as fast-check makes them: few instants and places, so that they meet. */
import fc from 'fast-check';
import type { Decision, Report } from '#domain';

/** A decision of the first province about one of a few instants; of a cell it is about the given one or another. */
export const arbitraryDecision = (
  { unit, indicator, month }: Pick<Report, 'unit' | 'indicator' | 'month'>,
  from = 0,
): fc.Arbitrary<Decision> =>
  fc
    .record({
      type: fc.constantFrom(
        ...(['month.submitted', 'month.locked', 'month.locked', 'month.reopened'] as const),
        ...(['correction.accepted', 'correction.refused'] as const),
      ),
      receivedAt: fc.integer({ min: 1, max: 10 }),
      cutOff: fc.integer({ min: 0, max: 12 }),
      upTo: fc.integer({ min: 0, max: 12 }),
      isOther: fc.constantFrom(false, false, true),
    })
    .map(({ type, receivedAt, cutOff, upTo, isOther }): Decision => {
      const decided = {
        order: receivedAt,
        receivedAt: from + receivedAt,
        province: '01',
        month,
        by: { id: 'a', name: 'A' },
      };
      switch (type) {
        case 'month.submitted':
          return { ...decided, type, unit, figures: '' };
        case 'month.locked':
          return { ...decided, type, cutOff: from + cutOff, figures: '' };
        case 'month.reopened':
          return { ...decided, type, reason: '' };
        default:
          return { ...decided, type, unit, indicator: isOther ? indicator + 1 : indicator, upTo: from + upTo };
      }
    });
