/**
 * How far a pipeline has come with what was in its first topic at a moment: step by step, each a group that reads a topic.
 *
 * What a step has committed, it has passed on before. So when a step has read all that was asked for, the end of the next step's
 * topic, looked at after that, is what the next one has to read. An end that was looked at once stays the target, or a pipeline
 * that never rests would never get there. Groups belong to a generation: with another one everything is looked at anew.
 *
 * A target beyond a topic's end will never be reached: the topic was made anew or cut. That is said, and waited on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { covers, offsetsLeft, type TopicOffsets } from '#domain';
import type { BesideTopic, OffsetSource } from './pipeline-offsets.js';

/** A group that reads a topic; several steps may go by one name. */
export interface PipelineStep {
  readonly name: string;
  readonly group: string;
  readonly topic: string;
  /** What the group reads beside the topic. */
  readonly besides?: readonly BesideTopic[];
}

/** What was found at earlier looks, to be handed in at the next one. */
export interface Followed {
  readonly generation: number;
  /** By group. */
  readonly targets: Readonly<Record<string, TopicOffsets>>;
}

/** What is waited for; `left` is null where it cannot be counted. */
export interface WaitingFor {
  readonly for: string;
  readonly left: number | null;
}

export interface PipelineLook {
  readonly followed: Followed;
  /** Undefined: everything that was asked for has been taken in, by all. */
  readonly waiting?: WaitingFor;
}

/** What is waited for where a topic ends before what is to be read of it. */
export const SHORTER_TOPIC = 'topic cut or made anew';

const LOOK_AGAIN_MS = 100;

export class PipelineProgress {
  /**
   * @param control the topic whose end offset tells the generation
   * @param stepsOf the steps of a generation, the one that reads the first topic first
   */
  constructor(
    private readonly offsets: OffsetSource,
    private readonly control: string,
    private readonly stepsOf: (generation: number) => readonly PipelineStep[],
  ) {}

  async generation(): Promise<number> {
    const { high } = await this.offsets.bounds(this.control);
    return Number(high[0]) + 1;
  }

  /** Where the first topic ends now, and those beside it. */
  async ends(): Promise<TopicOffsets> {
    const [{ topic, besides }] = this.stepsOf(1);
    return (await this.offsets.bounds(topic, besides)).high;
  }

  /** How far everything is that was in the first topic before some offsets. Throws `KafkaUnavailable`. */
  async look(asked: TopicOffsets, before?: Followed): Promise<PipelineLook> {
    const generation = await this.generation();
    const steps = this.stepsOf(generation);
    const held = before?.generation === generation ? before.targets : {};
    const targets: Record<string, TopicOffsets> = { ...held, [steps[0].group]: asked };
    for (const step of steps) {
      const target = (targets[step.group] ??= (await this.offsets.bounds(step.topic, step.besides)).high);
      const waiting = await this.left(step, target);
      if (waiting !== undefined) return { followed: { generation, targets }, waiting };
    }
    return { followed: { generation, targets } };
  }

  /**
   * Waits until everything that was in the first topic before some offsets has been taken in.
   *
   * @returns the generation that has it; undefined where none has within the time
   */
  async takenIn(asked: TopicOffsets, withinMs: number): Promise<number | undefined> {
    let look = await this.look(asked);
    for (
      const until = performance.now() + withinMs;
      look.waiting !== undefined;
      look = await this.look(asked, look.followed)
    ) {
      if (performance.now() > until) return undefined;
      await sleep(LOOK_AGAIN_MS);
    }
    return look.followed.generation;
  }

  private async left(
    { name, group, topic, besides }: PipelineStep,
    target: TopicOffsets,
  ): Promise<WaitingFor | undefined> {
    const committed = await this.offsets.committed(group, topic, besides);
    if (covers(committed, target)) return undefined;
    const { low, high } = await this.offsets.bounds(topic, besides);
    if (!covers(high, target)) return { for: SHORTER_TOPIC, left: null };
    // Where nothing is committed, reading begins at the first record there is.
    const left = offsetsLeft(target, { ...low, ...committed });
    return left === 0 ? undefined : { for: name, left };
  }
}
