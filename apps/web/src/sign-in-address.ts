/** Where one signs in, and comes back from to what was being looked at. */
export interface HowToSignIn {
  /** One of the demonstration's users. */
  as?: string;
  /** The provider has to see anew who it is. */
  again?: boolean;
  /** What the page opens when one is back: the address's part behind `#`. */
  open?: string;
}

export const signInAddress = (
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  { as, again, open }: HowToSignIn = {},
): string => {
  const query = new URLSearchParams({ to: `${pathname}${search}${open === undefined ? '' : `#${open}`}` });
  if (as !== undefined) query.set('as', as);
  if (again) query.set('again', 'true');
  return `/sign-in?${query.toString()}`;
};
