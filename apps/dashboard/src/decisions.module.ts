/** What the dashboard decides with: months, held corrections, and who signs. */
import { Module } from '@nestjs/common';
import { CONNECTION, Signers, type Connection } from '#store';
import { CorrectionDeciding } from './correction-deciding.js';
import { DecisionMaker } from './decision-maker.js';
import { HeldViews } from './held-views.js';
import { KnownSigners } from './known-signers.js';
import { MonthSigning } from './month-signing.js';
import { MonthViews } from './month-views.js';

const providers = [
  { provide: Signers, useFactory: (connection: Connection) => new Signers(connection), inject: [CONNECTION] },
  KnownSigners,
  DecisionMaker,
  MonthViews,
  MonthSigning,
  HeldViews,
  CorrectionDeciding,
];

@Module({ providers, exports: providers })
export class DecisionsModule {}
