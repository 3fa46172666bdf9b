/** Instants chosen in Việt Nam's time. */
import { instantChosen, localInput } from './as-of';

describe('an instant that is chosen', () => {
  it("is Việt Nam's, with or without seconds", () => {
    expect(instantChosen('2026-04-20T09:30')).toBe('2026-04-20T02:30:00.000Z');
    expect(instantChosen('2026-04-20T00:00:05')).toBe('2026-04-19T17:00:05.000Z');
    expect(instantChosen('2026-04-20T09:30:05.250')).toBe('2026-04-20T02:30:05.250Z');
  });

  it('is none where nothing, or no day that there is, is chosen', () => {
    for (const wrong of ['', '2026-04-20', '2026-13-01T00:00']) expect(instantChosen(wrong)).toBeUndefined();
  });

  it('stands in the input as it was chosen', () => {
    expect(localInput(instantChosen('2026-01-01T00:30:00') ?? '')).toBe('2026-01-01T00:30:00');
  });
});
