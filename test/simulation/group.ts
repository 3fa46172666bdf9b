/**
 * A consumer group's coordinator: members, generations, assignments, offsets, as a broker keeps them.
 *
 * Every join, leave and lapse of a member starts a rebalance; who has not come back when it is over is out. A commit counts only from
 * a member of the generation.
 */
import type { SimClock } from './clock.js';
import { kafkaError } from './network.js';

export interface Assignment {
  readonly generation: number;
  readonly partitions: readonly number[];
}

/** A committed place and what was noted with it. */
export interface Place {
  readonly offset: number;
  readonly metadata?: string;
}

interface Member {
  lastSeen: number;
  readonly sessionMs: number;
  /** Answers the join that waits. */
  join?: (assignment: Assignment) => void;
}

const REBALANCE_MS = 3_000;
const CHECK_MS = 500;

export class SimGroup {
  readonly offsets = new Map<number, Place>();
  private readonly members = new Map<string, Member>();
  private generation = 0;
  private rebalancingSince?: number;
  private isChecking = false;

  /** Numbers of what is shared out. */
  partitions: readonly number[] = [];

  constructor(private readonly clock: SimClock) {}

  join(member: string, sessionMs: number, answer: (assignment: Assignment) => void): void {
    this.members.set(member, { lastSeen: this.clock.now, sessionMs, join: answer });
    this.rebalance();
    this.check();
  }

  leave(member: string): void {
    if (this.members.delete(member)) this.rebalance();
  }

  /** Throws where the member has to join (again). */
  heartbeat(member: string, generation: number): void {
    const held = this.members.get(member);
    if (held === undefined) throw kafkaError('UNKNOWN_MEMBER_ID');
    held.lastSeen = this.clock.now;
    if (this.rebalancingSince !== undefined) throw kafkaError('REBALANCE_IN_PROGRESS');
    if (generation !== this.generation) throw kafkaError('ILLEGAL_GENERATION');
  }

  commit(member: string, generation: number, offsets: ReadonlyMap<number, Place>): void {
    if (!this.members.has(member)) throw kafkaError('UNKNOWN_MEMBER_ID');
    if (generation !== this.generation) throw kafkaError('ILLEGAL_GENERATION');
    for (const [partition, place] of offsets) this.offsets.set(partition, place);
  }

  private rebalance(): void {
    this.rebalancingSince ??= this.clock.now;
    this.clock.after(1, () => this.settle());
  }

  /** A new generation, once everybody is back or has had the time to. */
  private settle(): void {
    if (this.rebalancingSince === undefined) return;
    const isOver = this.clock.now - this.rebalancingSince >= REBALANCE_MS;
    const members = [...this.members].filter(([, { join }]) => join !== undefined || !isOver);
    if (members.length === 0 && !isOver) return;
    if (members.some(([, { join }]) => join === undefined)) return;
    this.members.clear();
    for (const [name, member] of members) this.members.set(name, member);
    this.rebalancingSince = undefined;
    this.generation += 1;
    members
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .forEach(([, member], index) => {
        const partitions = this.partitions.filter((_, p) => p % members.length === index);
        member.lastSeen = this.clock.now;
        member.join?.({ generation: this.generation, partitions });
        member.join = undefined;
      });
  }

  /** Looks for members whose session has lapsed, as long as there are members. */
  private check(): void {
    if (this.isChecking) return;
    this.isChecking = true;
    this.clock.after(CHECK_MS, () => {
      this.isChecking = false;
      for (const [name, { lastSeen, sessionMs, join }] of this.members) {
        if (join === undefined && this.clock.now - lastSeen > sessionMs) this.leave(name);
      }
      this.settle();
      if (this.members.size > 0) this.check();
    });
  }
}
