/** Accepts and refuses held corrections: one, or all of a unit's month; each is held against what waits, before and after. */
import { Injectable } from '@nestjs/common';
import {
  correctionId,
  decidedCorrections,
  heldCorrections,
  indicators,
  monthCode,
  NOW,
  provinceOf,
  reportingUnits,
  type CorrectionDecided,
  type CorrectionPlace,
  type HeldCorrection,
  type Unit,
} from '#domain';
import { NotDecided } from './decision.errors.js';
import { requireDecider } from './decision.requests.js';
import { DecisionMaker, type Asker, type Draft, type Made } from './decision-maker.js';
import { decisionView } from './held-views.js';
import { MonthViews, type ReadMonth } from './month-views.js';
import { NotFound } from './requests.js';

export interface Verdict {
  readonly type: CorrectionDecided['type'];
  readonly reason: string | undefined;
}

@Injectable()
export class CorrectionDeciding {
  constructor(
    private readonly views: MonthViews,
    private readonly maker: DecisionMaker,
  ) {}

  one(asker: Asker, place: CorrectionPlace, verdict: Verdict): Promise<object> {
    const unit = reportingUnits[place.unit];
    const facts = { period: monthCode(place.month), correction: correctionId(place) };
    return this.maker.audited(asker, { what: actionOf(verdict), unit: unit.code, facts }, async () => {
      requireDecider(unit, asker);
      requireHeld(place, await this.views.read(unit, place.month));
      const [made] = await this.maker.make(asker, [draftOf(place, verdict)]);
      if (!made.isInTime) throw isDecided();
      return viewOf(made);
    });
  }

  /** @param upTo milliseconds since the epoch: what came later is left */
  all(asker: Asker, unit: Unit, month: number, upTo: number, verdict: Verdict): Promise<{ items: object[] }> {
    const facts = { period: monthCode(month) };
    return this.maker.audited(asker, { what: actionOf(verdict), unit: unit.code, facts }, async () => {
      requireDecider(unit, asker);
      const read = await this.views.read(unit, month);
      if (read.decisions.lockAt(NOW) === undefined) throw isOpen();
      const isOfUnit = (held: HeldCorrection) => reportingUnits[held.unit] === unit;
      const waiting = heldCorrections(read.words).filter((held) => isOfUnit(held) && held.upTo <= upTo);
      if (waiting.length === 0) return { items: [] };
      const made = await this.maker.make(
        asker,
        waiting.map((held) => draftOf(held, verdict)),
      );
      return { items: made.filter(({ isInTime }) => isInTime).map(viewOf) };
    });
  }
}

const isDecided = () => new NotDecided('DECIDED_ALREADY', 'the correction is decided already');
const isOpen = () => new NotDecided('MONTH_OPEN', 'the month is open by now');

/** Throws `NotFound` or `NotDecided` where it does not wait. */
const requireHeld = (place: CorrectionPlace, read: ReadMonth): void => {
  const isIt = ({ unit, indicator }: Pick<CorrectionPlace, 'unit' | 'indicator'>) =>
    unit === place.unit && indicator === place.indicator;
  const waiting = heldCorrections(read.words).find(isIt);
  if (waiting?.upTo === place.upTo) return;
  const isKnown = read.words.some(({ words }) => words.some((one) => isIt(one) && one.receivedAt === place.upTo));
  if (!isKnown) throw new NotFound('there is no such correction');
  if (decidedCorrections(read.words).some((one) => isIt(one) && one.upTo >= place.upTo)) throw isDecided();
  if (read.decisions.lockAt(NOW) === undefined) throw isOpen();
  if (waiting !== undefined) throw new NotDecided('HELD_CHANGED', 'another correction of the cell has come since');
  throw isDecided();
};

const actionOf = ({ type }: Verdict) => (type === 'correction.accepted' ? 'decision.accept' : 'decision.refuse');

const draftOf = ({ unit, indicator, month, upTo }: CorrectionPlace, { type, reason }: Verdict): Draft => ({
  type,
  province: provinceOf(reportingUnits[unit]),
  period: monthCode(month),
  unit: reportingUnits[unit].code,
  indicator: indicators[indicator].code,
  upTo: new Date(upTo).toISOString(),
  ...(reason === undefined ? {} : { reason }),
});

const viewOf = ({ decision }: Made): object => {
  const made = decision as CorrectionDecided;
  const { unit, indicator, month, upTo } = made;
  return decisionView({ unit, indicator, month, upTo, decision: made });
};
