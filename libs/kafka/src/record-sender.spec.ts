import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProducerBatch } from 'kafkajs';
import { inBackground } from '#promises';
import { RecordSender } from './record-sender.js';

const record = (value: string) => ({ topic: 't', key: null, value });

/** A producer whose sends end when told to. */
class Gate {
  readonly sent: string[][] = [];
  readonly open: ((error?: Error) => void)[] = [];
  sendBatch = ({ topicMessages = [] }: ProducerBatch) => {
    this.sent.push(topicMessages.flatMap(({ messages }) => messages.map(({ value }) => String(value))));
    return new Promise<never[]>((resolve, reject) => {
      this.open.push((error) => (error === undefined ? resolve([]) : reject(error)));
    });
  };
}

/** Turns of the loop, not milliseconds: a busy machine takes any time for one. */
const turn = async () => {
  for (let n = 0; n < 3; n += 1) await nextTurn();
};

describe('sending records', () => {
  it('sends in one request what is asked for in one turn', async () => {
    const gate = new Gate();
    const sender = new RecordSender(gate);
    const all = Promise.all([sender.send([record('a')]), sender.send([record('b'), record('c')])]);
    await turn();
    expect(gate.sent).toEqual([['a', 'b', 'c']]);
    gate.open[0]();
    await all;
  });

  it('gathers while as many sends as may be are under way', async () => {
    const gate = new Gate();
    const sender = new RecordSender(gate);
    for (const value of ['a', 'b', 'c', 'd', 'e', 'f']) {
      inBackground(sender.send([record(value)]));
      await turn();
    }
    expect(gate.sent).toEqual([['a'], ['b'], ['c'], ['d']]);
    gate.open[1]();
    await turn();
    expect(gate.sent.at(-1)).toEqual(['e', 'f']);
  });

  it('begins a send no sooner after the one before than its pace says; alone a record leaves at once', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const gate = new Gate();
    const sender = new RecordSender(gate).apart({ mostUnderWay: 1, everyMs: 10 });
    inBackground(sender.send([record('a')]));
    await turn();
    gate.open[0]();
    inBackground(sender.send([record('b')]));
    await turn();
    jest.advanceTimersByTime(9);
    inBackground(sender.send([record('c')]));
    await turn();
    expect(gate.sent).toEqual([['a']]);
    jest.advanceTimersByTime(1);
    await turn();
    expect(gate.sent).toEqual([['a'], ['b', 'c']]);
    gate.open[1]();
    jest.advanceTimersByTime(10);
    inBackground(sender.send([record('d')]));
    await turn();
    expect(gate.sent.at(-1)).toEqual(['d']);
    jest.useRealTimers();
  });

  it('makes a record that may change until it leaves as it leaves, once; not where it is given up before', async () => {
    const gate = new Gate();
    const sender = new RecordSender(gate).apart({ mostUnderWay: 1, everyMs: 0 });
    let value = 'early';
    let made = 0;
    const record = () => {
      made += 1;
      return { key: null, value };
    };
    const first = sender.sendAsItIs('t', record);
    value = 'late';
    await turn();
    expect([gate.sent, made]).toEqual([[['late']], 1]);
    const second = sender.sendAsItIs('t', record, { withinMs: 5 });
    await expect(second).rejects.toMatchObject({ code: 'SEND_TIMED_OUT' });
    gate.open[0]();
    await first;
    await turn();
    expect([gate.sent.length, made]).toEqual([1, 1]);
  });

  it('tells everyone in a send that failed, and goes on', async () => {
    const gate = new Gate();
    const sender = new RecordSender(gate);
    const both = [sender.send([record('a')]), sender.send([record('b')])];
    const outcomes = Promise.allSettled(both);
    await turn();
    gate.open[0](new Error('no leader'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = sender.send([record('c')]);
    await turn();
    gate.open[1]();
    await expect(next).resolves.toBeUndefined();
  });

  it('sends each sender’s records alone where the broker does not take them together: one sender’s fault is its own', async () => {
    const sent: string[][] = [];
    const sendBatch = ({ topicMessages = [] }: ProducerBatch) => {
      const values = topicMessages.flatMap(({ messages }) => messages.map(({ value }) => String(value)));
      sent.push(values);
      const tooLarge = Object.assign(new Error('too large'), {
        name: 'KafkaJSProtocolError',
        type: 'MESSAGE_TOO_LARGE',
      });
      return values.includes('poison') ? Promise.reject(tooLarge) : Promise.resolve([]);
    };
    const sender = new RecordSender({ sendBatch });
    const outcomes = await Promise.allSettled(['a', 'poison', 'c'].map((value) => sender.send([record(value)])));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'RECORD_NOT_TAKEN', retryable: false });
    expect(sent[0]).toEqual(['a', 'poison', 'c']);
  });

  it('tells whoever waited for long enough, and does not send what had not left by then', async () => {
    const gate = new Gate();
    const sender = new RecordSender(gate);
    for (const value of ['a', 'b', 'c', 'd']) {
      inBackground(sender.send([record(value)]));
      await turn();
    }
    await expect(sender.send([record('late')], { withinMs: 20 })).rejects.toMatchObject({ code: 'SEND_TIMED_OUT' });
    gate.open[0]();
    await turn();
    expect(gate.sent).toHaveLength(4);
  });
});
