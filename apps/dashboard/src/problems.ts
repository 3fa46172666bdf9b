/** Why a read is refused, for the API's description: what the routes have in common. */
export const whoMayNot = {
  401: 'Nobody known asks: UNAUTHENTICATED',
  403: 'Not within what the caller may do: FORBIDDEN',
};

/** Of a read that names a unit. */
export const whyNotRead = {
  ...whoMayNot,
  400: 'A parameter that is not known or means nothing: INVALID_PARAMETER',
  404: 'No unit has this code: UNKNOWN_UNIT',
  503: 'MongoDB is away; Retry-After says when to come again',
};
