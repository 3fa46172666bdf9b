/** The code of an indicator, as a shape of its own: whoever makes a client of the description gets one type for it. */
import { z } from 'zod';
import { indicators } from '#domain';
import { shape } from './http-shape.js';

export const indicatorCode = shape(
  'IndicatorCode',
  'An indicator of the catalogue, by its code',
  z.enum(indicators.map(({ code }) => code)),
);
