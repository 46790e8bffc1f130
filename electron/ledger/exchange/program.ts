import { digestOf } from '../store/digest.ts';
import { SCHEMA_VERSION } from '../store/migrate.ts';
import type { Manifest } from './manifest.ts';
import { dictionaryText } from './wire-check.ts';

/** As in package.json; a test holds them together. */
export const PROGRAM_VERSION = '0.1.0';

let dictionary: string | undefined;

/** What wrote a file. */
export function programFacts(): Manifest['program'] {
  dictionary ??= digestOf(dictionaryText());
  return { version: PROGRAM_VERSION, schema: SCHEMA_VERSION, dictionary };
}
