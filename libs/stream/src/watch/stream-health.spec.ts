import { StreamHealth } from './stream-health.js';

const TOPIC = 'events';
const batch = (partition: number) => ({
  topic: TOPIC,
  partition,
  records: [],
  firstOffset: '0',
  nextOffset: '1',
  behind: 0,
});
const fault = (name: string, cause?: unknown) => Object.assign(new Error(name), { name, cause });

const joined = () => {
  let now = 0;
  const health = new StreamHealth(() => now);
  health.joined(TOPIC, [0, 1]);
  const pass = (ms: number) => {
    now += ms;
    health.beat(TOPIC);
  };
  return {
    health,
    pass,
    silence: (ms: number) => {
      now += ms;
    },
  };
};
const crash = (health: StreamHealth, error = fault('KafkaJSNotImplemented')) => {
  health.crashed(TOPIC, error);
  health.joined(TOPIC, [0, 1]);
};

describe('the health of consumers', () => {
  it('is bad before a consumer has joined, and while one that crashed has not joined again', () => {
    expect(new StreamHealth(() => 0).fault()).toContain('has joined');
    const { health } = joined();
    expect(health.fault()).toBeUndefined();
    health.crashed(TOPIC, fault('KafkaJSNotImplemented'));
    expect(health.fault()).toContain('has not joined');
  });

  it('survives one crash', () => {
    const { health } = joined();
    crash(health);
    expect(health.fault()).toBeUndefined();
  });

  it('is bad while a consumer crashes again and again, whatever its other partitions do', () => {
    const { health, pass } = joined();
    crash(health);
    health.handled(batch(1));
    pass(1_000);
    crash(health);
    health.handled(batch(1));
    expect(health.fault()).toContain('again and again');
    pass(61_000);
    expect(health.fault()).toBeUndefined();
  });

  it('does not take broken connections for a loop: that Kafka is away is a part of its own', () => {
    const { health } = joined();
    for (let n = 0; n < 5; n += 1)
      crash(health, fault('KafkaJSNumberOfRetriesExceeded', fault('KafkaJSConnectionError')));
    expect(health.fault()).toBeUndefined();
  });

  it('is bad while a partition fails three times in a row, until it succeeds or goes to another worker', () => {
    const { health } = joined();
    health.failed(batch(1), 2);
    expect(health.fault()).toBeUndefined();
    health.failed(batch(1), 3);
    expect(health.fault()).toContain('partition 1 failed 3 times');
    health.handled(batch(0));
    expect(health.fault()).toBeDefined();
    health.handled(batch(1));
    expect(health.fault()).toBeUndefined();
    health.failed(batch(1), 3);
    health.joined(TOPIC, [0]);
    expect(health.fault()).toBeUndefined();
  });

  it('is bad when the group has not heard of a consumer for a while', () => {
    const { health, pass, silence } = joined();
    silence(16_000);
    expect(health.fault()).toContain('not heard');
    pass(0);
    expect(health.fault()).toBeUndefined();
  });
});
