import { z } from 'zod';

/** How many tags a charge point may have. */
export const MAX_TAGS = 20;

export const TAG_NAME = /^[a-z][a-z0-9_.-]{0,39}$/;

/** Without control characters. */
export const TAG_VALUE = /^[^\u0000-\u001f\u007f-\u009f]{1,100}$/u;

export const tagName = z
  .string()
  .regex(TAG_NAME, 'must be a name of at most 40 lower-case letters, digits, dots, dashes and underscores');

export const tagValue = z.string().regex(TAG_VALUE, 'must be without control characters');
