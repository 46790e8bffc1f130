import { useQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';

/** The organisation as of today. */
export function useOverview() {
  return useQuery(api.organisation.overview.queryOptions({ input: {} }));
}

export type Overview = NonNullable<ReturnType<typeof useOverview>['data']>;

/** Whether this office keeps the organisation; a county reads what the city has registered. */
export function useIsCity(): boolean {
  return useLedger().level === 'city';
}

export const CITY_KEEPS = '由市级登记，随下行文件更新；需要改动请联系领导小组办公室';
