/** Starts the projection. */
import '#tracing/traced';
import 'reflect-metadata';
import { GenerationModule, KafkaModule, platformSchema, readsTopics, runService } from '#service';
import { StoreModule } from '#store';
import { ProjectionModule } from './projection.module.js';

runService({
  name: 'projection',
  config: platformSchema,
  modules: () => [KafkaModule.of(), GenerationModule, StoreModule, ProjectionModule],
  as: readsTopics,
});
