/** Submits, locks and reopens months: what is decided is held against what stands, before and after. */
import { Inject, Injectable } from '@nestjs/common';
import { monthCode, monthStart, NOW, provinceOf, type Decision, type Unit } from '#domain';
import { CLOCK, type Clock } from '#service';
import { CutOffs } from '#stream';
import { NotDecided } from './decision.errors.js';
import { requireDecider } from './decision.requests.js';
import { DecisionMaker, type Asker, type Draft } from './decision-maker.js';
import { KnownSigners } from './known-signers.js';
import { figuresHash, MonthViews, type MonthView } from './month-views.js';
import { InvalidParameter } from './requests.js';

/** So long a lock waits for its cut-off, in milliseconds. */
const CLOSE_MS = 15_000;

const isLocked = () => new NotDecided('MONTH_LOCKED', 'the month is locked by now');
const isOpen = () => new NotDecided('MONTH_OPEN', 'the month is open by now');
const areOthers = () => new NotDecided('FIGURES_CHANGED', 'the figures are not those that were seen');

@Injectable()
export class MonthSigning {
  constructor(
    private readonly views: MonthViews,
    private readonly maker: DecisionMaker,
    private readonly cutOffs: CutOffs,
    private readonly signers: KnownSigners,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** @param seen the hash of the unit's own figures that were seen; undefined: whatever they are */
  submit(asker: Asker, unit: Unit, month: number, seen: string | undefined): Promise<MonthView> {
    return this.audited(asker, 'decision.submit', unit, month, async () => {
      // Who names no figures means those of now, what he has just sent among them.
      if (seen === undefined) await this.cutOffs.close(this.now(), CLOSE_MS);
      const { state, ownFigures: figures } = await this.views.view(unit, month);
      if (state === 'locked') throw isLocked();
      if (seen !== undefined && seen !== figures) throw areOthers();
      await this.decide(asker, { ...draftOf('month.submitted', unit, month), unit: unit.code, figures }, isLocked);
      return this.views.view(unit, month);
    });
  }

  /** @param cutOff milliseconds since the epoch */
  lock(asker: Asker, province: Unit, month: number, cutOff: number, seen: string): Promise<MonthView> {
    return this.audited(asker, 'decision.lock', province, month, async () => {
      if (cutOff > this.now()) throw new InvalidParameter('cutOff is in the future');
      const { decisions } = await this.views.read(province, month);
      if (decisions.lockAt(NOW) !== undefined) throw isLocked();
      await this.signers.requireSecond(asker.principal, province.code, decisions);
      await this.cutOffs.close(cutOff, CLOSE_MS);
      const figures = figuresHash(province, month, await this.views.read(province, month), cutOff);
      if (figures !== seen) throw areOthers();
      const asOf = { cutOff: new Date(cutOff).toISOString(), figures };
      await this.decide(asker, { ...draftOf('month.locked', province, month), ...asOf }, isLocked);
      return this.views.view(province, month);
    });
  }

  reopen(asker: Asker, province: Unit, month: number, reason: string): Promise<MonthView> {
    return this.audited(asker, 'decision.reopen', province, month, async () => {
      const { decisions } = await this.views.read(province, month);
      if (decisions.lockAt(NOW) === undefined) throw isOpen();
      await this.decide(asker, { ...draftOf('month.reopened', province, month), reason }, isOpen);
      return this.views.view(province, month);
    });
  }

  private audited<T>(
    asker: Asker,
    what: 'decision.submit' | 'decision.lock' | 'decision.reopen',
    unit: Unit,
    month: number,
    decide: () => Promise<T>,
  ): Promise<T> {
    return this.maker.audited(asker, { what, unit: unit.code, facts: { period: monthCode(month) } }, () => {
      if (what !== 'decision.submit') requireDecidingProvince(unit, asker);
      if (monthStart(month) > this.now())
        throw new NotDecided('WINDOW_NOT_BEGUN', `nothing of ${monthCode(month)} can have been reported`);
      return decide();
    });
  }

  private async decide(asker: Asker, draft: Draft, tooLate: () => NotDecided): Promise<void> {
    const [{ isInTime }] = await this.maker.make(asker, [draft]);
    if (!isInTime) throw tooLate();
  }
}

/** Throws `Forbidden` for whoever does not decide for the unit's province, also where no commune has a month to lock. */
const requireDecidingProvince = (unit: Unit, asker: Asker): void => {
  requireDecider(unit, asker);
  if (unit.level !== 'province')
    throw new InvalidParameter('the month of a province is locked and reopened, with its communes');
};

const draftOf = (type: Decision['type'], unit: Unit, month: number) =>
  ({ type, province: provinceOf(unit), period: monthCode(month) }) as const;
