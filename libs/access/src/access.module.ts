/**
 * Access for a service that answers requests: who a request comes from, and the guard of its routes. Stands on the keys (`KeyBook`) and the way to
 * Kafka (`RecordSender`).
 */
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Topics } from '#contracts';
import { RecordSender } from '#kafka';
import { CLOCK, CONFIG, TOPICS, type Clock } from '#service';
import type { AccessConfig } from './access.config.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { KeyBook } from './keys/key-book.js';
import { KeyUses } from './keys/key-uses.js';
import { OpenStreams } from './open-streams.js';

@Global()
@Module({
  providers: [
    {
      provide: Authenticator,
      useFactory: (book: KeyBook, config: AccessConfig, now: Clock, uses: KeyUses) =>
        new Authenticator(book, config, now, (id, at) => uses.noted(id, at)),
      inject: [KeyBook, CONFIG, CLOCK, KeyUses],
    },
    {
      provide: KeyUses,
      useFactory: (sender: RecordSender, topics: Topics) => new KeyUses(sender, topics.accessKeyUses),
      inject: [RecordSender, TOPICS],
    },
    { provide: OpenStreams, useFactory: (book: KeyBook) => new OpenStreams(book), inject: [KeyBook] },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, OpenStreams],
})
export class AccessModule {}
