import { digestOf } from '../store/digest.ts';
import { SCHEMA_VERSION } from '../store/migrate.ts';
import { PROGRAM_VERSION } from '../store/program-version.ts';
import type { Manifest } from './manifest.ts';
import { dictionaryText } from './wire-check.ts';

let dictionary: string | undefined;

/** What wrote a file. */
export function programFacts(): Manifest['program'] {
  dictionary ??= digestOf(dictionaryText());
  return { version: PROGRAM_VERSION, schema: SCHEMA_VERSION, dictionary };
}
