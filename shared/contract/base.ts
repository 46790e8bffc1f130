import { oc } from '@orpc/contract';
import * as z from 'zod';
import { type EntityName, entityNames, type Value } from '../dictionary/index.ts';
import { faultSchema } from './faults.ts';

/** Every procedure of the ledger process can fail with FAULT, whose text is ready to be shown. */
export const procedure = oc.errors({ FAULT: { data: faultSchema } });

export const value: z.ZodType<Value> = z.union([z.string().max(100_000), z.number(), z.null()]);
export const entityName: z.ZodType<EntityName> = z.enum(entityNames as unknown as [EntityName, ...EntityName[]]);
export const rowId = z.string().min(1).max(64);
export const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** A row of any entity, as stored: money in yuan, choices by key, references by id. */
export const row: z.ZodType<Record<string, Value> & { id: string }> = z
  .record(z.string(), value)
  .and(z.object({ id: z.string() })) as z.ZodType<Record<string, Value> & { id: string }>;

/** Progress of a long job, and its result as the last event. */
export function jobEvent<T extends z.ZodType>(result: T) {
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('progress'),
      /** Chinese, what is being done now. */
      title: z.string(),
      /** 0 to 1 over the whole job. */
      share: z.number(),
    }),
    z.object({ kind: z.literal('done'), result }),
  ]);
}

export interface Progress {
  readonly kind: 'progress';
  readonly title: string;
  readonly share: number;
}
