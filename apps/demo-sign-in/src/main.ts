/** Starts the demonstration provider: sign-in without a password, for a demonstration and nothing else. */
import '#tracing/traced';
import 'reflect-metadata';
import { runService } from '#service';
import { demoSignInSchema } from './demo-sign-in.config.js';
import { DemoSignInModule } from './demo-sign-in.module.js';

runService({
  name: 'demo-sign-in',
  config: demoSignInSchema,
  modules: () => [DemoSignInModule],
});
