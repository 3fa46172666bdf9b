/** How an attempt to send a reminder came out: whether it is known, and if so whether it was taken. */
export type Delivered =
  | { readonly outcome: 'sent'; readonly reason?: string }
  /** Not taken, and it will not be. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** Not taken; another attempt may be. */
  | { readonly outcome: 'again'; readonly reason: string }
  /** Handed over, at least in part, and no answer came. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** Somebody else sends it: nothing was handed over here. */
  | { readonly outcome: 'lost' };

/** Takes the attempt for oneself, before the first byte is handed over; false where somebody else has. */
export type Claim = () => Promise<boolean>;
