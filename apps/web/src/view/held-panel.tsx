/** Corrections of locked months: those that wait, with what each would change and the decision for whoever may; and what became of the others. */
import { Button, NativeSelect, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldCorrection } from '../api';
import { grouped, type Group } from '../corrections';
import { formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useHeld } from '../queries';
import { mayDo } from '../shown-unit';
import { useUnitName } from '../unit-names';
import { parseWindow } from '../window';
import { Change, IndicatorName } from './correction';
import { EffectTable } from './effect-table';
import { HeldDecided } from './held-decided';
import { HeldDialog, type Asked } from './held-dialog';
import { Failed, Loading } from './notice';

/** @param unit a province or a commune */
export function HeldPanel({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const [isDecided, setDecided] = useState(false);
  const { data, error, refetch } = useHeld(unit, isDecided);
  const lang = useLang();
  return (
    <section className="panel" aria-labelledby="held-title" data-testid="held">
      <div className="panel-head">
        <h3 id="held-title">{t('held.title')}</h3>
        <NativeSelect
          data-testid="held-show"
          aria-label={t('held.show')}
          size="xs"
          value={isDecided ? 'done' : 'waiting'}
          onChange={(event) => setDecided(event.currentTarget.value === 'done')}
          data={(['waiting', 'done'] as const).map((value) => ({ value, label: t(`held.${value}`) }))}
        />
      </div>
      {!isDecided && <p className="lead">{t('held.lead')}</p>}
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={60} />}
      {data?.items.length === 0 && <p className="empty">{t(isDecided ? 'held.emptyDone' : 'held.empty')}</p>}
      {data &&
        data.items.length > 0 &&
        (isDecided ? <HeldDecided items={data.items} unit={unit} /> : <Waiting items={data.items} unit={unit} />)}
      {data && data.total > data.items.length && (
        <p className="note">
          {t('held.more', { shown: formatNumber(data.items.length, lang), total: formatNumber(data.total, lang) })}
        </p>
      )}
    </section>
  );
}

function Waiting({ items, unit }: { items: HeldCorrection[]; unit: string }) {
  const person = usePerson();
  const mayDecide = mayDo(person, 'months.decide') && person.level !== 'commune';
  const [asked, ask] = useState<Asked>();
  return (
    <>
      {grouped(items).map((group) => (
        <Together key={`${group.unit} ${group.period}`} group={group} unit={unit} ask={mayDecide ? ask : undefined} />
      ))}
      {asked && <HeldDialog asked={asked} unit={unit} close={() => ask(undefined)} />}
    </>
  );
}

interface TogetherProps {
  group: Group;
  unit: string;
  /** `undefined`: whoever looks does not decide. */
  ask: ((asked: Asked) => void) | undefined;
}

/** A unit's corrections of one month. */
function Together({ group, unit, ask }: TogetherProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useUnitName(unit);
  const month = parseWindow(group.period);
  const n = formatNumber(group.items.length, lang);
  const title = t('held.all', {
    unit: nameOf(group.unit),
    month: month ? windowName(month, lang) : group.period,
    n,
  });
  return (
    <div
      className="held-group"
      id={`held-${group.unit}-${group.period}`}
      data-testid={`held-${group.unit}-${group.period}`}
    >
      <div className="panel-head">
        <h4>{title}</h4>
        {ask && group.items.length > 1 && (
          <div className="held-buttons">
            {(['accept', 'refuse'] as const).map((verdict) => (
              <Button
                key={verdict}
                size="compact-xs"
                variant="default"
                data-testid={`${verdict}-all-${group.unit}`}
                onClick={() => ask({ verdict, items: group.items, all: group })}
              >
                {t(`held.${verdict}All`, { n })}
              </Button>
            ))}
          </div>
        )}
      </div>
      <div className="table-box" tabIndex={0} role="region" aria-label={title}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['indicator', 'change', 'effect', 'received', ...(ask ? (['decide'] as const) : [])] as const).map(
                (head) => (
                  <Table.Th key={head} scope="col">
                    {t(`held.${head}`)}
                  </Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {group.items.map((item) => (
              <Row key={item.id} item={item} unit={unit} ask={ask} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}

function Row({ item, unit, ask }: { item: HeldCorrection; unit: string; ask: TogetherProps['ask'] }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <Table.Tr data-testid={`held-${item.id}`}>
      <Table.Th scope="row">
        <IndicatorName code={item.indicator} />
      </Table.Th>
      <Table.Td className="held-change">
        <Change item={item} />
      </Table.Td>
      <Table.Td>
        {item.effect && (
          <details>
            <summary>{t('held.effect')}</summary>
            <EffectTable effect={item.effect} province={unit} />
          </details>
        )}
      </Table.Td>
      <Table.Td>
        <time dateTime={item.receivedAt}>{formatTime(item.receivedAt, lang, 0)}</time>
        {item.event && (
          <small className="history-month">
            {t('history.revision', { n: item.event.revision })} · <code>{item.event.id}</code>
          </small>
        )}
      </Table.Td>
      {ask && (
        <Table.Td>
          <div className="held-buttons">
            {(['accept', 'refuse'] as const).map((verdict) => (
              <Button
                key={verdict}
                size="compact-xs"
                {...(verdict === 'refuse' && { variant: 'default' })}
                data-testid={`${verdict}-${item.unit}-${item.indicator}`}
                onClick={() => ask({ verdict, items: [item] })}
              >
                {t(`held.${verdict}`)}
              </Button>
            ))}
          </div>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
