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

/** Of figures, which may be asked as of an instant. */
export const whyNoFigures = {
  ...whyNotRead,
  400: 'A parameter that is not known or means nothing: INVALID_PARAMETER, INVALID_WINDOW, UNKNOWN_INDICATOR',
  503: 'MongoDB or Kafka is away, or what was received by the instant is not all in yet: CUT_OFF_OPEN; Retry-After says when to come again',
};
