/** Starts the intake. */
import '#tracing/traced';
import 'reflect-metadata';
import { AccessModule, KeysModule, LimitsModule } from '#access';
import { TokensModule } from '#access/tokens';
import { KafkaModule, runService, SenderModule } from '#service';
import { httpService } from '#service/http';
import { intakeLimits, intakeSchema } from './intake.config.js';
import { intakeHttp, IntakeModule } from './intake.module.js';

const limits = LimitsModule.of(intakeLimits);

runService({
  name: 'intake',
  config: intakeSchema,
  modules: () => [KafkaModule.of(), KeysModule, AccessModule, limits, TokensModule, SenderModule, IntakeModule],
  as: httpService(intakeHttp),
});
