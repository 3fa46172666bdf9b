/**
 * The keys that there are (`KeyBook`), followed in their topic.
 */
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { CONFIG, KAFKA, ServiceLife, TOPIC_PARTITIONS, TOPICS, unusable } from '#service';
import { productionFaults, type AccessConfig } from '../access.config.js';
import { KeyBook } from './key-book.js';
import { KeyFollower } from './key-follower.js';

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
): Promise<KeyFollower> => {
  const follower = new KeyFollower(kafka, topics.accessKeys, `${TOPIC_PREFIX}.access-keys`, book);
  await follower.begin();
  return follower;
};

@Global()
@Module({
  providers: [
    { provide: KeyBook, useFactory: bookOf, inject: [CONFIG] },
    { provide: KeyFollower, useFactory: followed, inject: [KAFKA, TOPICS, CONFIG, KeyBook, TOPIC_PARTITIONS] },
  ],
  exports: [KeyBook],
})
export class KeysModule implements OnApplicationShutdown {
  constructor(
    @Inject(KeyFollower) private readonly follower: KeyFollower,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.follower.close());
  }
}
