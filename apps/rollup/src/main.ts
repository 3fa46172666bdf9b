/** Starts one stage of the rollup: check, province or ministry, as the environment says. */
import '#tracing/traced';
import 'reflect-metadata';
import { GenerationModule, KafkaModule, readsTopics, runService } from '#service';
import { rollupSchema } from './rollup.config.js';
import { RollupModule } from './rollup.module.js';

runService({
  name: ({ STAGE }) => `rollup-${STAGE}`,
  config: rollupSchema,
  modules: (config) => [KafkaModule.of(), GenerationModule, RollupModule.of(config)],
  as: readsTopics,
});
