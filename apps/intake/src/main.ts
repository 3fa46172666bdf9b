/** Starts the intake. */
import '#tracing/traced';
import 'reflect-metadata';
import { AccessModule, KeysModule } from '#access';
import { TokensModule } from '#access/tokens';
import { KafkaModule, runService, SenderModule } from '#service';
import { httpService } from '#service/http';
import { intakeSchema } from './intake.config.js';
import { intakeHttp, IntakeModule } from './intake.module.js';

runService({
  name: 'intake',
  config: intakeSchema,
  modules: () => [KafkaModule.of(), KeysModule, AccessModule, TokensModule, SenderModule, IntakeModule],
  as: httpService(intakeHttp),
});
