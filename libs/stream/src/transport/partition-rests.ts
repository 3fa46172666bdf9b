/**
 * Rests: a partition that fails is left out of the fetches for a while.
 *
 * A consumer asks for its next records when every partition's batch of the last fetch is done with, so a handler that waited for a better
 * moment would hold up all the others.
 */
import { type Consumer, isKafkaError } from '#kafka';

export class PartitionRests {
  private readonly timers = new Map<number, NodeJS.Timeout>();

  constructor(
    private readonly consumer: Pick<Consumer, 'pause' | 'resume'>,
    private readonly topic: string,
  ) {}

  /** The partition is fetched again after so many milliseconds. */
  rest(partition: number, ms: number): void {
    clearTimeout(this.timers.get(partition));
    this.tell('pause', partition);
    this.timers.set(
      partition,
      setTimeout(() => this.end(partition), ms),
    );
  }

  /** Nothing is fetched any more. */
  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private end(partition: number): void {
    this.timers.delete(partition);
    this.tell('resume', partition);
  }

  /** A consumer that has crashed and is about to start again cannot be told; it starts with nothing at rest. */
  private tell(what: 'pause' | 'resume', partition: number): void {
    try {
      this.consumer[what]([{ topic: this.topic, partitions: [partition] }]);
    } catch (error) {
      if (!isKafkaError(error)) throw error;
    }
  }
}
