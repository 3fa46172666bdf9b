/**
 * Access for a service that answers requests: who a request comes from, and the guard of its routes. Stands on the keys (`KeyBook`).
 */
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CLOCK, CONFIG, type Clock } from '#service';
import type { AccessConfig } from './access.config.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { KeyBook } from './keys/key-book.js';
import { OpenStreams } from './open-streams.js';

@Global()
@Module({
  providers: [
    {
      provide: Authenticator,
      useFactory: (book: KeyBook, config: AccessConfig, now: Clock) => new Authenticator(book, config, now),
      inject: [KeyBook, CONFIG, CLOCK],
    },
    { provide: OpenStreams, useFactory: (book: KeyBook) => new OpenStreams(book), inject: [KeyBook] },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, OpenStreams],
})
export class AccessModule {}
