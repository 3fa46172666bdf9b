/**
 * Answers that stay open, by who reads them: they end when the reader's key is revoked or his session ends.
 */
import type { KeyBook } from './keys/key-book.js';
import type { Principal } from './principal.js';

export class OpenStreams {
  private readonly byPrincipal = new Map<string, Set<() => void>>();

  constructor(book: Pick<KeyBook, 'onRevoked'>) {
    book.onRevoked((id) => this.end(id));
  }

  /** How many a principal has open. */
  countOf({ id }: Pick<Principal, 'id'>): number {
    return this.byPrincipal.get(id)?.size ?? 0;
  }

  /** Calls `end` when the principal is let in no more; returns what to call when the answer has ended by itself. */
  opened(principal: Principal, end: () => void): () => void {
    const open = this.byPrincipal.get(principal.id) ?? new Set();
    this.byPrincipal.set(principal.id, open.add(end));
    return () => {
      open.delete(end);
      if (open.size === 0) this.byPrincipal.delete(principal.id);
    };
  }

  /** Ends everything that a principal has open. */
  end(id: string): void {
    const open = this.byPrincipal.get(id);
    this.byPrincipal.delete(id);
    for (const end of open ?? []) end();
  }
}
