import { digestOf } from '../../store/digest.ts';
import { SCHEMA_VERSION } from '../../store/migrate.ts';
import { PROGRAM_VERSION } from '../../store/program-version.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { dictionaryText } from '../merge/wire-check.ts';

/** The least version that reads all that this one writes without anything having to wait for an upgrade. */
export const LEAST_PROGRAM = '0.1.0';

let dictionary: string | undefined;

/** What wrote a file. */
export function programFacts(): Manifest['program'] {
  dictionary ??= digestOf(dictionaryText());
  return { version: PROGRAM_VERSION, schema: SCHEMA_VERSION, dictionary };
}
