/**
 * The figures of a unit's month, plausible and consistent with each other.
 *
 * What runs up through the report year starts near a third of what the unit reaches and ends at it; people counted in one
 * indicator are the denominators of the next; money comes with the loans it is lent for; nothing spent exceeds what was
 * allocated. Months start anew each January, as the plans' yearly targets do.
 */
import { planOf, plans, provinceOf } from '#domain';
import { between, poisson, type Random } from './demo-random.js';
import { parts, single, type Row } from './demo-row.js';
import type { Aimed, DemoUnit } from './demo-units.js';

const put = {
  a: single('a'),
  b: parts('b'),
  c: single('c'),
  d: single('d'),
  dd: parts('dd'),
  e: parts('e'),
  g: single('g'),
  h: single('h'),
  addicts: single('pop_addicts'),
  postRehab: single('pop_post_rehab'),
  substitution: single('pop_substitution'),
  relapses: single('relapses'),
  drugFreeCommune: single('drug_free_commune'),
  drugFreeVillage: single('drug_free_village'),
  works: single('facility_works'),
  models: single('community_models'),
  trainings: parts('trainings'),
  trainees: parts('trainees'),
  certificates: single('certificates'),
  vocational: single('vocational'),
  jobs: single('jobs'),
  loans: parts('loans'),
  loanAmount: parts('loan_amount'),
  media: single('media_items'),
  inspections: single('inspections'),
  violations: single('violations'),
  commendations: parts('commendations'),
  allocated: single('budget_allocated'),
  spent: single('budget_spent'),
};

const MILLION = 1_000_000;
const [standard] = plans;

/** Share that the province's plan asks for in a year; a province without a plan is drawn around the first plan's figures. */
const askedShare = (province: string, letter: Aimed, year: number): number => {
  const { targets } = planOf(province) ?? standard;
  const yearly = targets[letter]?.yearly ?? {};
  return ((yearly[String(year)] ?? yearly['2026'])?.percent ?? 0) / 100;
};

/** From 0.38 in the first month of a year to 1 in the last. */
const progress = (monthOfYear: number): number => 0.38 + (0.62 * (monthOfYear + 1)) / 12;

const reached = (demo: DemoUnit, letter: Aimed, year: number, monthOfYear: number): number =>
  Math.min(1, askedShare(provinceOf(demo.unit), letter, year) * demo.reach[letter] * progress(monthOfYear));

/** Fills a row with a unit's month. `month` counts from 2025-01. */
export const fillRow = (row: Row, demo: DemoUnit, month: number, random: Random): void => {
  const [year, monthOfYear] = [2025 + Math.floor(month / 12), month % 12];
  const share = (letter: Aimed) => reached(demo, letter, year, monthOfYear);
  if (demo.unit.level === 'province') fillFacilities(row, demo, monthOfYear);
  else {
    fillPeople(row, demo, monthOfYear, share, random);
    fillPlaces(row, demo, monthOfYear, share);
    fillSupport(row, demo, random);
  }
  fillStaff(row, demo, share('dd'));
  fillActivities(row, demo, random);
  fillMoney(row, demo, monthOfYear);
};

const fillPeople = (
  row: Row,
  demo: DemoUnit,
  monthOfYear: number,
  share: (letter: Aimed) => number,
  random: Random,
): void => {
  const addicts = Math.round(demo.addicts * (1 - 0.004 * monthOfYear));
  const { postRehab } = demo;
  const families = Math.round(0.9 * (addicts + postRehab));
  const informed = share('b');
  const some = (people: number, portion: number) => Math.min(people, Math.round(people * portion));
  const addictsInformed = some(addicts, informed * 1.04);
  put.b(
    row,
    addictsInformed,
    addicts,
    some(postRehab, informed * 1.1),
    postRehab,
    some(families, informed * 0.94),
    families,
  );
  put.c(row, some(addicts, share('c')), addicts);
  put.d(row, some(postRehab, share('d')), postRehab);
  put.addicts(row, addicts);
  put.postRehab(row, postRehab);
  put.substitution(row, Math.round(addicts * 0.22));
  put.relapses(row, poisson(random, postRehab * 0.015));
};

const fillPlaces = (row: Row, demo: DemoUnit, monthOfYear: number, share: (letter: Aimed) => number): void => {
  const done = progress(monthOfYear);
  const station = demo.place < share('e') ? 1 : 0;
  const polyclinics = demo.unit.unitType === 'phường' && demo.villages % 4 === 0 ? 1 : 0;
  const polyclinic = demo.place < 0.9 * share('e') ? polyclinics : 0;
  put.e(row, 0, 0, station, 1, 0, 0, 0, 0, polyclinic, polyclinics);
  put.g(row, Math.floor(demo.points * done * demo.reach.b * 0.6), demo.points);
  put.h(row, demo.place < 0.45 * done * demo.reach.c ? 1 : 0);
  put.drugFreeCommune(row, demo.drugFree ? 1 : 0);
  const freeVillages = Math.min(demo.villages - 1, Math.floor(demo.villages * (0.3 + 0.4 * demo.place * done)));
  put.drugFreeVillage(row, demo.drugFree ? demo.villages : freeVillages, demo.villages);
  put.models(row, demo.place < 0.12 * done ? 1 : 0);
};

const fillSupport = (row: Row, demo: DemoUnit, random: Random): void => {
  const { postRehab } = demo;
  put.vocational(row, poisson(random, postRehab * 0.02));
  put.jobs(row, poisson(random, postRehab * 0.03));
  const [persons, businesses] = [poisson(random, postRehab * 0.025), random() < 0.03 ? 1 : 0];
  put.loans(row, persons, businesses);
  const lent = persons * between(random, 30, 100);
  put.loanAmount(row, lent * MILLION, businesses * between(random, 300, 2_000) * MILLION);
};

const fillFacilities = (row: Row, demo: DemoUnit, monthOfYear: number): void => {
  const done = progress(monthOfYear);
  const { facilities } = demo;
  const ready = Math.min(facilities, Math.round(facilities * demo.reach.e * (0.4 + 0.6 * done)));
  put.a(row, ready, facilities);
  const [hospitals, centres, polyclinics] = [facilities + 2, 2 * facilities + 3, facilities];
  const able = (places: number) => Math.min(places, Math.round(places * demo.reach.e * 0.85 * done));
  put.e(
    row,
    ready,
    facilities,
    0,
    0,
    able(hospitals),
    hospitals,
    able(centres),
    centres,
    able(polyclinics),
    polyclinics,
  );
  put.works(row, Math.floor((facilities - 1) * done * demo.spending), facilities - 1);
};

const fillStaff = (row: Row, demo: DemoUnit, share: number): void => {
  const rehab = Math.ceil(demo.staff * 0.4);
  const management = Math.ceil((demo.staff - rehab) / 2);
  const state = demo.staff - rehab - management;
  const trained = (people: number) => Math.min(people, Math.round(people * share));
  put.dd(row, trained(rehab), rehab, trained(management), management, trained(state), state);
};

const fillActivities = (row: Row, demo: DemoUnit, random: Random): void => {
  const isProvince = demo.unit.level === 'province';
  const much = isProvince ? 8 : 1;
  const judges = isProvince ? poisson(random, 0.3) : 0;
  const certificate = isProvince ? poisson(random, 0.8) : 0;
  const [management, medical] = [poisson(random, 0.12 * much), poisson(random, 0.08 * much)];
  const workshop = poisson(random, 0.1 * much);
  put.trainings(row, management, judges, medical, certificate, workshop);
  const size = between(random, 15, 45);
  const certified = certificate * size;
  put.trainees(row, management * size, judges * size, medical * size, certified, workshop * 2 * size);
  if (isProvince) put.certificates(row, Math.floor(certified * 0.92));
  put.media(row, poisson(random, (isProvince ? 40 : 4) + demo.place * 4));
  const inspections = poisson(random, 0.25 * much);
  put.inspections(row, inspections);
  put.violations(row, poisson(random, 0.3 * inspections));
  put.commendations(row, poisson(random, 0.04 * much), poisson(random, 0.12 * much));
};

const fillMoney = (row: Row, demo: DemoUnit, monthOfYear: number): void => {
  const released = monthOfYear < 2 ? 0.5 : monthOfYear < 6 ? 0.8 : 1;
  const allocated = Math.round(demo.budget * released);
  const spent = Math.round(demo.budget * demo.spending * ((monthOfYear + 1) / 12) ** 1.3);
  put.allocated(row, allocated * MILLION);
  put.spent(row, Math.min(allocated, spent) * MILLION);
};
