/** Keeps an error of one panel inside it: the others go on, and this one says so and can be tried again. */
import { Alert, Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isLostChunk } from '../lost-chunk';

interface State {
  error: unknown;
}

export class PanelBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Broken error={error} again={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation();
  const isLost = isLostChunk(error);
  return (
    <Alert color="red" className="failed" role="alert" data-testid="broken">
      <p>{t(isLost ? 'broken.chunk' : 'broken.panel')}</p>
      <Button size="xs" variant="default" onClick={isLost ? () => location.reload() : again}>
        {t(isLost ? 'broken.reload' : 'broken.again')}
      </Button>
    </Alert>
  );
}
