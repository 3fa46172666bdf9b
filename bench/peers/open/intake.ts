/** The intake without access control (open-http.ts). */
import 'reflect-metadata';
import { KafkaModule, runService, SenderModule } from '#service';
import { intakeSchema } from '../../../apps/intake/src/intake.config.js';
import { intakeHttp, IntakeModule } from '../../../apps/intake/src/intake.module.js';
import { OpenModule, openService } from './open-http.js';

runService({
  name: 'intake',
  config: intakeSchema,
  modules: () => [KafkaModule.of(), SenderModule, OpenModule, IntakeModule],
  as: openService(intakeHttp),
});
