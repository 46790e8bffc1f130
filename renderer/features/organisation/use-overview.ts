import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Counting } from '../../../shared/domain/bundle.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';

/** The organisation as of today; `counting`: how the projects of units count. */
export function useOverview(counting: Counting) {
  return useQuery({
    ...api.organisation.overview.queryOptions({ input: { counting } }),
    placeholderData: keepPreviousData,
  });
}

export type Overview = NonNullable<ReturnType<typeof useOverview>['data']>;

/** Whether this office keeps the organisation; a county reads what the city has registered. */
export function useIsCity(): boolean {
  return useLedger().level === 'city';
}

export const CITY_KEEPS = '由市级登记，随下行文件更新；需要改动请联系领导小组办公室';
