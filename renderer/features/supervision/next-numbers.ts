import { useQuery } from '@tanstack/react-query';
import { api } from '../../app/api.ts';

interface NextNumbers {
  /** In the order of the sheets; null while they are being looked up or when no number word is set. */
  readonly numbers: readonly string[] | null;
  /** 发文字号代字 is not set in 组织 → 领导小组. */
  readonly noWord: boolean;
}

/** The numbers that would be given next in a year: the ledger itself gives them when the sheets are issued. */
export function useNextNumbers(count: number, year: number, enabled: boolean): NextNumbers {
  const group = useQuery(api.records.list.queryOptions({ input: { entity: 'leadingGroup' }, enabled }));
  const given = useQuery(
    api.records.list.queryOptions({
      input: { entity: 'supervisionSheet', where: { numberYear: year }, voided: true },
      enabled,
    }),
  );
  if (group.data === undefined || given.data === undefined) return { numbers: null, noWord: false };
  const word = group.data[0]?.['numberWord'];
  if (typeof word !== 'string' || word === '') return { numbers: null, noWord: true };
  const last = Math.max(0, ...given.data.map((sheet) => Number(sheet['numberSequence'] ?? 0)));
  return {
    numbers: Array.from({ length: count }, (_, index) => `${word}〔${year}〕${last + index + 1}号`),
    noWord: false,
  };
}
