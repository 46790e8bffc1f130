import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { LISTED_LIGHT, type ListedLight } from '../../shared/contract/rates.ts';
import { RowUnpacker } from '../../shared/domain/packed-rows.ts';
import { api } from '../app/api.ts';

interface Packed<R> {
  readonly date: string;
  readonly rule: R;
  readonly packed: string;
}

function unpacked<R>({ date, rule, packed }: Packed<R>) {
  const lights = new RowUnpacker(LISTED_LIGHT).unpack(packed) as unknown as ListedLight[];
  return { date, rule, lights };
}

/** The lights of all projects on a day (C12). */
export function useLights(date: string) {
  return useQuery({
    ...api.rates.lights.queryOptions({ input: { date } }),
    select: unpacked,
    placeholderData: keepPreviousData,
  });
}
