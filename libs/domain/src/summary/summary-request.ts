/**
 * What becomes of a request for a summary: pure.
 *
 * A request is a claim: everything that was in the event topic when it was made is in the summary that answers it. So a pending
 * revision answers where it claims as much, or while its claim can still be raised; one that is being made cannot take more in. An
 * issued one answers where it says what a new one would, which only the figures themselves can tell.
 */
import { covers, latestOf, type TopicOffsets } from './topic-offsets.js';

/** The latest revision of a window. */
export interface LatestRevision {
  readonly revision: number;
  readonly status: 'pending' | 'issued' | 'failed';
  /** Everything before these offsets of the event topic is in it; undefined where an older version asked. */
  readonly asked?: TopicOffsets;
  /** Its figures are being read: no more can be claimed of it. */
  readonly isBeingMade?: boolean;
  /** How often its claim was made and raised. */
  readonly claim?: number;
}

/** Whoever asks again and again while events come in must not keep a summary from being issued. */
const MOST_CLAIMS = 10;

export type RequestDecision =
  | { readonly kind: 'same' }
  /** The pending revision has to take in more. */
  | { readonly kind: 'raise'; readonly asked: TopicOffsets }
  /** Whether the issued revision says the same is to be seen from the figures; `isCurrent`: nothing was appended since it was asked for. */
  | { readonly kind: 'compare'; readonly isCurrent: boolean }
  | { readonly kind: 'new'; readonly revision: number };

/**
 * Decides on a request.
 *
 * @param latest as read before the end offsets were
 * @param ends the end offsets of the event topic. Where one is lower than what the latest revision claims, the topic was made
 * anew or cut, and what was claimed can never be read: then the claim is what there is now.
 */
export const decideRequest = (latest: LatestRevision | undefined, ends: TopicOffsets): RequestDecision => {
  const next = { kind: 'new', revision: (latest?.revision ?? 0) + 1 } as const;
  if (latest === undefined || latest.status === 'failed') return next;
  const { asked = {}, isBeingMade = false, claim = 0, status } = latest;
  const isCut = !covers(ends, asked);
  const isCovered = latest.asked !== undefined && covers(asked, ends);
  if (status === 'issued') return { kind: 'compare', isCurrent: isCovered && !isCut };
  if (isCovered && !isCut) return { kind: 'same' };
  if (isBeingMade || claim >= MOST_CLAIMS) return next;
  return { kind: 'raise', asked: isCut ? ends : latestOf(asked, ends) };
};
