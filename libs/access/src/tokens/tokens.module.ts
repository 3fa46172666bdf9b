/** A service that takes the provider's tokens, and has no sessions. */
import { Module } from '@nestjs/common';
import { CONFIG } from '#service';
import { Authenticator } from '../authenticator.js';
import type { ProviderConfig } from './provider.config.js';
import { TokenAuthenticator } from './token-authenticator.js';

@Module({
  providers: [
    {
      provide: TokenAuthenticator,
      useFactory: (config: ProviderConfig) => new TokenAuthenticator(config),
      inject: [CONFIG],
    },
  ],
})
export class TokensModule {
  constructor(authenticator: Authenticator, tokens: TokenAuthenticator) {
    authenticator.knowsPeopleBy(tokens);
  }
}
