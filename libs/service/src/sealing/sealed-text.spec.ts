import { randomBytes } from 'node:crypto';
import { openText, sealText } from './sealed-text.js';

describe('text that is kept', () => {
  const key = randomBytes(32);
  const kept = sealText(key, 'whsec_secret', 'webhook|00004');

  it('shows nothing of itself, and opens with its key for what it belongs to', () => {
    expect(kept).not.toContain('secret');
    expect(Buffer.from(kept.slice(7), 'base64').toString()).not.toContain('secret');
    expect(openText(key, kept, 'webhook|00004')).toBe('whsec_secret');
  });

  it('does not open elsewhere, with another key, or with none', () => {
    expect(openText(key, kept, 'webhook|00008')).toBeUndefined();
    expect(openText(randomBytes(32), kept, 'webhook|00004')).toBeUndefined();
    expect(openText(undefined, kept, 'webhook|00004')).toBeUndefined();
    expect(openText(key, 'whsec_secret', 'webhook|00004')).toBeUndefined();
  });

  it('stands in the clear where there is no key, and says so', () => {
    const clear = sealText(undefined, 'whsec_secret', 'webhook|00004');
    expect([clear, openText(key, clear, 'anything')]).toEqual(['clear:whsec_secret', 'whsec_secret']);
  });
});
