/** The demonstration provider on its port, on this machine alone. */
import { createServer, type Server } from 'node:http';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { inBackground } from '#promises';
import {
  CONFIG,
  limitConnections,
  nothingIn,
  policyText,
  safeHeaders,
  serverOptions,
  ServiceLife,
  usualConnections,
} from '#service';
import type { DemoSignInConfig } from './demo-sign-in.config.js';
import { demoProvider } from './demo-provider.js';
import { answerInteractions } from './interactions.js';

const SERVER = Symbol('Server');
/** Its pages need nothing but themselves; what they lead to may be anywhere on this machine. */
const { 'form-action': _anywhere, ...policy } = nothingIn;
const headers = Object.entries({ ...safeHeaders, 'content-security-policy': policyText(policy) });

const listening = async ({ OIDC_ISSUER, DEMO_OIDC_PORT }: DemoSignInConfig): Promise<Server> => {
  const provider = demoProvider(OIDC_ISSUER);
  answerInteractions(provider);
  const answer = provider.callback();
  const server = createServer(serverOptions(usualConnections), (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    inBackground(answer(request, response));
  });
  limitConnections(server, usualConnections);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(DEMO_OIDC_PORT, '127.0.0.1', resolve);
  });
  return server;
};

@Module({ providers: [{ provide: SERVER, useFactory: listening, inject: [CONFIG] }] })
export class DemoSignInModule implements OnApplicationShutdown {
  constructor(
    @Inject(SERVER) private readonly server: Server,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => {
      this.server.close();
      this.server.closeAllConnections();
    });
  }
}
