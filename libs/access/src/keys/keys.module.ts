/**
 * The keys that there are (`KeyBook`), followed in their topic.
 */
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { CONFIG, KAFKA, ServiceLife, TOPIC_PARTITIONS, TOPICS, unusable } from '#service';
import { TopicFollower } from '#stream';
import { productionFaults, type AccessConfig } from '../access.config.js';
import { KeyBook } from './key-book.js';

/** What follows the topic of keys. */
const KEY_FOLLOWER = Symbol('KeyFollower');

const requireProductionSecrets = (config: AccessConfig): void => {
  const faults = productionFaults(config);
  if (faults.length > 0) throw unusable(faults);
};

const bookOf = (config: AccessConfig): KeyBook => {
  requireProductionSecrets(config);
  return new KeyBook(config.API_KEY_PEPPER);
};

const followed = async (
  kafka: Kafka,
  topics: Topics,
  { TOPIC_PREFIX }: { readonly TOPIC_PREFIX: string },
  book: KeyBook,
): Promise<TopicFollower> => {
  const take = ({ value }: { readonly value: Buffer | null }) => book.take(value);
  const follower = new TopicFollower(kafka, topics.accessKeys, `${TOPIC_PREFIX}.access-keys`, take);
  await follower.begin();
  return follower;
};

@Global()
@Module({
  providers: [
    { provide: KeyBook, useFactory: bookOf, inject: [CONFIG] },
    { provide: KEY_FOLLOWER, useFactory: followed, inject: [KAFKA, TOPICS, CONFIG, KeyBook, TOPIC_PARTITIONS] },
  ],
  exports: [KeyBook],
})
export class KeysModule implements OnApplicationShutdown {
  constructor(
    @Inject(KEY_FOLLOWER) private readonly follower: TopicFollower,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.follower.close());
  }
}
