/** A stage as a Nest module: one controller, and what it needs, for the stage that the configuration names. */
import { Module, type DynamicModule } from '@nestjs/common';
import { RecordSender } from '#kafka';
import { CheckController } from './check.controller.js';
import { MinistryController, ProvinceController } from './partition.controllers.js';
import type { StageContext } from './rollup.config.js';
import type { RollupStage } from './rollup.stage.js';
import { PARTITIONS, STAGE_CONTEXT } from './tokens.js';

const controllers = { check: CheckController, province: ProvinceController, ministry: MinistryController };

@Module({})
export class RollupModule {
  static of(context: StageContext, stage: Pick<RollupStage, 'sender' | 'partitions'>): DynamicModule {
    return {
      module: RollupModule,
      controllers: [controllers[context.config.STAGE]],
      providers: [
        { provide: STAGE_CONTEXT, useValue: context },
        { provide: RecordSender, useValue: stage.sender },
        { provide: PARTITIONS, useValue: stage.partitions },
      ],
    };
  }
}
