/** The end of every dialog that decides something: a reason where one is asked for, why it was not decided, and the buttons. */
import { Alert, Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whyNot } from '../decision-words';

const MOST_REASON = 500;

export function WhyNot({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Alert color="red" title={t('decision.failed')} data-testid="why-not" role="alert">
      {whyNot(t, error)}
    </Alert>
  );
}

interface Props {
  reason: 'needed' | 'possible' | 'none';
  label: string;
  testId: string;
  busy: boolean;
  error: Error | null;
  decide: (reason: string) => void;
  cancel: () => void;
}

export function DecisionForm({ reason, label, testId, busy, error, decide, cancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const isReady = reason !== 'needed' || text.trim() !== '';
  return (
    <form
      className="decision-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) decide(text.trim());
      }}
    >
      {reason !== 'none' && (
        <Textarea
          data-testid="reason"
          label={t(reason === 'needed' ? 'held.reasonNeeded' : 'held.reason')}
          description={t('held.reasonHint')}
          rows={2}
          maxLength={MOST_REASON}
          required={reason === 'needed'}
          withAsterisk={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <WhyNot error={error} />
      <div className="decision-buttons">
        <Button type="button" size="xs" variant="default" data-testid="cancel" onClick={cancel}>
          {t('held.cancel')}
        </Button>
        <Button type="submit" size="xs" data-testid={testId} loading={busy} disabled={!isReady}>
          {label}
        </Button>
      </div>
    </form>
  );
}
