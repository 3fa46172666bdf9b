/** A unit's name that opens its page. */
import type { MouseEvent } from 'react';
import { goTo, hrefOf } from '../use-page';

export function UnitLink({ unit, name }: { unit: string; name: string }) {
  const open = (event: MouseEvent): void => {
    // With a modifier the browser opens it elsewhere.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo({ unit });
  };
  return (
    <a className="link" href={hrefOf({ unit })} data-testid={`open-${unit}`} onClick={open}>
      {name}
    </a>
  );
}
