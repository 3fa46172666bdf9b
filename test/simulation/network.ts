/**
 * The way between a process and a server: requests that are late, lost, or answered into the void.
 *
 * What a server has done stays done, whether its answer arrives or not.
 */
import type { SimClock, SimProcess } from './clock.js';
import type { Random } from './random.js';

/** A server that can be away. */
export class SimServer {
  private backAt = 0;

  constructor(
    readonly name: string,
    private readonly clock: SimClock,
  ) {}

  isAway(): boolean {
    return this.clock.now < this.backAt;
  }

  goAway(ms: number): void {
    this.backAt = Math.max(this.backAt, this.clock.now + ms);
  }
}

/** What kafkajs throws when no answer comes. */
export const kafkaError = (type: string, name = 'KafkaJSProtocolError'): Error =>
  Object.assign(new Error(type), { name, type, retriable: true });

const MOST_MS = 6;
const SLOW_MS = 400;

export class Network {
  /** Share of requests or answers that get lost now. */
  loss = 0;
  /** Share of what is slow. */
  slow = 0.03;

  constructor(
    private readonly clock: SimClock,
    private readonly random: Random,
  ) {}

  delay(): number {
    return this.random() < this.slow ? this.random() * SLOW_MS : 0.2 + this.random() * MOST_MS;
  }

  isLost(): boolean {
    return this.loss > 0 && this.random() < this.loss;
  }

  /**
   * Asks a server. `work` runs there, and may answer later; the process that asked learns the answer, if it still lives. Rejects
   * with `lost()` where the request or the answer got lost or the server is away.
   */
  ask<T>(
    server: SimServer,
    work: (answer: (value: T) => void, refuse: (error: unknown) => void) => void,
    lost: () => unknown,
  ): Promise<T> {
    const { clock } = this;
    const process = clock.current;
    return new Promise<T>((resolve, reject) => {
      const toProcess = (ms: number, run: () => void) => clock.after(ms, run, process);
      const giveUp = () => toProcess(500 + this.random() * 1_500, () => reject(lost() as Error));
      if (this.isLost()) {
        giveUp();
        return;
      }
      clock.after(this.delay(), () => {
        if (server.isAway()) {
          giveUp();
          return;
        }
        const back = (run: () => void) => (this.isLost() ? giveUp() : toProcess(this.delay(), run));
        const refuse = (error: unknown) => back(() => reject(error as Error));
        try {
          work((value) => back(() => resolve(value)), refuse);
        } catch (error) {
          refuse(error);
        }
      });
    });
  }

  process(): SimProcess | undefined {
    return this.clock.current;
  }
}
