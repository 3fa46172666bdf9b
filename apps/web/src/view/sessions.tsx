/** Where one is signed in, and the end of a session that one has left open somewhere. */
import { Alert, Button, Table } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type OwnSession } from '../api';
import { formatTime } from '../format';
import { useLang } from '../i18n';
import { useEndSessions, useSessions } from '../queries';
import { signInAddress } from '../sign-in-address';
import { Failed, Loading } from './notice';

/** In the address: opened where somebody is back from signing in again. */
const PLACE = 'sessions';

export function SessionsButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(location.hash === `#${PLACE}`);
  const close = () => {
    setOpen(false);
    if (location.hash === `#${PLACE}`) history.replaceState(null, '', `${location.pathname}${location.search}`);
  };
  return (
    <>
      <Button
        data-testid="sessions-button"
        className="on-dark"
        variant="default"
        size="xs"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('sessions.title')}
      </Button>
      {isOpen && <SessionsDialog close={close} />}
    </>
  );
}

function SessionsDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { data, error, refetch } = useSessions();
  const end = useEndSessions();
  const others = data?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="sessions-title" data-testid="sessions" onClose={close}>
      <div className="panel-head">
        <h3 id="sessions-title">{t('sessions.title')}</h3>
        <Button size="xs" variant="default" data-testid="close-sessions" onClick={() => dialog.current?.close()}>
          {t('sessions.close')}
        </Button>
      </div>
      <p>{t('sessions.lead')}</p>
      {end.error && <WhyNot error={end.error} />}
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={90} />}
      {data && <List items={data} busy={end.isPending} end={(session) => end.mutate({ session })} />}
      {others.length > 0 && (
        <Button size="xs" data-testid="end-others" loading={end.isPending} onClick={() => end.mutate({ others: true })}>
          {t('sessions.endOthers')}
        </Button>
      )}
    </dialog>
  );
}

/** To end a session elsewhere takes a sign-in a short while ago. */
function WhyNot({ error }: { error: Error }) {
  const { t } = useTranslation();
  if (!(error instanceof ApiError) || error.code !== 'SIGN_IN_AGAIN')
    return (
      <Alert color="red" title={t('sessions.failed')}>
        {error.message}
      </Alert>
    );
  return (
    <Alert color="orange" title={t('sessions.again')}>
      <p>{t('sessions.againDetail')}</p>
      <Button
        component="a"
        size="xs"
        data-testid="sign-in-again"
        href={signInAddress(location, { again: true, open: PLACE })}
      >
        {t('sessions.signInAgain')}
      </Button>
    </Alert>
  );
}

function List({ items, busy, end }: { items: OwnSession[]; busy: boolean; end: (session: string) => void }) {
  const { t } = useTranslation();
  const lang = useLang();
  const now = Date.now();
  return (
    <Table className="sessions">
      <Table.Thead>
        <Table.Tr>
          {(['began', 'lastUsed', 'from'] as const).map((head) => (
            <Table.Th key={head} scope="col">
              {t(`sessions.${head}`)}
            </Table.Th>
          ))}
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ session, began, lastUsed, from, isThis }) => (
          <Table.Tr key={session} data-testid={`session-${session}`} data-this={isThis}>
            <Table.Td data-label={t('sessions.began')}>{formatTime(began, lang, now)}</Table.Td>
            <Table.Td data-label={t('sessions.lastUsed')}>{formatTime(lastUsed, lang, now)}</Table.Td>
            <Table.Td data-label={t('sessions.from')}>{from ?? '–'}</Table.Td>
            <Table.Td>
              {isThis ? (
                <span className="badge badge-yes">{t('sessions.here')}</span>
              ) : (
                <Button size="xs" variant="default" disabled={busy} onClick={() => end(session)}>
                  {t('sessions.end')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
