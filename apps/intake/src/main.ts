/** Starts the intake. */
import '#tracing/traced';
import 'reflect-metadata';
import { KafkaModule, runService, SenderModule } from '#service';
import { httpService } from '#service/http';
import { intakeSchema } from './intake.config.js';
import { intakeHttp, IntakeModule } from './intake.module.js';

runService({
  name: 'intake',
  config: intakeSchema,
  modules: () => [KafkaModule.of(), SenderModule, IntakeModule],
  as: httpService(intakeHttp),
});
