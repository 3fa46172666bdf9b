/** A dialog over the page: Escape closes it, the focus stays in it and goes back to where it was. */
import { useEffect, useId, useRef, type ReactNode } from 'react';

interface Props {
  testId: string;
  title: string;
  isWide?: boolean;
  close: () => void;
  /** Escape is asked first: false, and the dialog stays. */
  mayClose?: () => boolean;
  children: ReactNode;
}

export function Dialog({ testId, title, isWide = false, close, mayClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      data-testid={testId}
      onClose={close}
      onCancel={(event) => {
        if (event.target === event.currentTarget && mayClose?.() === false) event.preventDefault();
      }}
    >
      <h3 id={id}>{title}</h3>
      {children}
    </dialog>
  );
}
