import fc from 'fast-check';
import { addDays, type IsoDate } from '../../../shared/domain/date.ts';

/** Any day from 1990 to 2090. */
export const anyDate: fc.Arbitrary<IsoDate> = fc
  .integer({ min: 0, max: 36_500 })
  .map((days) => addDays('1990-01-01', days));
