import { waitingWords } from './summary-waiting';

describe('what a summary waits for', () => {
  it('counts events before the first stage, and records after it', () => {
    expect(waitingWords({ for: 'check stage', left: 1234 })).toBe('summaries.waitingEvents');
    expect(waitingWords({ for: 'projection', left: 1 })).toBe('summaries.waitingRecords');
  });

  it('tells what passes by itself from what needs an operator', () => {
    expect(waitingWords({ for: 'rebuild', left: null })).toBe('summaries.waitingRebuild');
    expect(waitingWords({ for: 'Kafka', left: null })).toBe('summaries.waiting');
    expect(waitingWords({ for: 'cut-off', left: null })).toBe('summaries.waitingCutOff');
    expect(waitingWords({ for: 'topic cut or made anew', left: null })).toBe('summaries.waitingOperator');
  });
});
