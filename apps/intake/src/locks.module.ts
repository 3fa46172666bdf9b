/** Follows what is decided. Without it events are taken all the same, and nothing is said to be held. */
import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { inBackground } from '#promises';
import { KAFKA, LOGGER, ServiceLife, TOPIC_PARTITIONS, TOPICS, type Logger } from '#service';
import { TopicFollower } from '#stream';
import { IntakeModule } from './intake.module.js';
import { KnownLocks } from './known-locks.js';

const followerOf = (kafka: Kafka, { decisions }: Topics, locks: KnownLocks): TopicFollower =>
  new TopicFollower(kafka, decisions, `${decisions}.intake`, (message) => locks.take(message));

@Module({
  imports: [IntakeModule],
  providers: [
    { provide: TopicFollower, useFactory: followerOf, inject: [KAFKA, TOPICS, KnownLocks, TOPIC_PARTITIONS] },
  ],
})
export class LocksModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly follower: TopicFollower,
    private readonly life: ServiceLife,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    inBackground(this.follower.begin(), (error) => this.logger.warn({ err: error }, 'decisions are not followed'));
  }

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.follower.close());
  }
}
