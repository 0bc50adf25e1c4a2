import { z } from 'zod';

const units: Readonly<Record<string, number>> = { '': 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** A size as it is typed, in bytes. */
export const bytes = z
  .string()
  .regex(/^\d{1,12}(kb|mb|gb)?$/i, 'a number of bytes, such as 64mb')
  .transform((text) => parseInt(text, 10) * (units[text.replace(/\d/g, '').toLowerCase()] ?? 1));
