import { describe, expect, it } from 'vitest';
import { refLookup, resolveColumn } from '../../../renderer/grid/column.ts';
import { type ColumnFilter, passesFilter } from '../../../renderer/grid/filter-model.ts';
import { filterItems, pickItems } from '../../../renderer/grid/pick-list.ts';
import { RowSearch } from '../../../renderer/grid/row-search.ts';
import { summarise } from '../../../renderer/grid/summary.ts';
import { totalsOf } from '../../../renderer/grid/totals.ts';
import type { Value } from '../../../shared/dictionary/field.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';

type Row = { readonly id: string } & Readonly<Record<string, Value>>;

const { fields } = dictionary.project;
const refs = { responsibilityUnit: { options: [{ id: 'u1', label: '宝清县' }] } };
const column = (key: keyof typeof fields) => resolveColumn<Row>({ key, field: fields[key] }, () => refLookup(refs));

const rows: readonly Row[] = [
  {
    id: '1',
    name: '污水厂',
    unitId: 'u1',
    totalInvestment: 10_000,
    lists: '["cityHundred","fiveMillion"]',
    plannedStart: '2021-05-11',
  },
  { id: '2', name: '产业园', unitId: null, totalInvestment: 25_000, lists: null, plannedStart: null },
];

const passing = (key: keyof typeof fields, filter: ColumnFilter) =>
  rows.filter((row) => passesFilter(row, column(key), filter)).map(({ id }) => id);

describe('filter of a column', () => {
  it('lets pass the ticked texts, blanks included', () => {
    expect(passing('unitId', { values: ['宝清县'] })).toEqual(['1']);
    expect(passing('unitId', { values: [''] })).toEqual(['2']);
    expect(passing('lists', { values: ['市百大'] })).toEqual(['1']);
  });

  it('lets pass what lies between the bounds', () => {
    expect(passing('totalInvestment', { from: 20_000 })).toEqual(['2']);
    expect(passing('plannedStart', { from: '2021-05-01', to: '2021-05-31' })).toEqual(['1']);
    expect(passing('name', { contains: '污水' })).toEqual(['1']);
  });
});

describe('totals and status figures', () => {
  it('sum money in its unit and name the row', () => {
    const totals = totalsOf([column('name'), column('totalInvestment')], rows, 'name');
    expect(totals.get('totalInvestment')).toBe('3.5');
    expect(totals.get('name')).toBe('合计（2 项）');
  });

  it('count filled cells and sum numbers only', () => {
    expect(
      summarise([
        { value: 1, numeric: true },
        { value: 0, numeric: false },
        { value: '甲', numeric: false },
        { value: null, numeric: true },
      ]),
    ).toEqual({ count: 3, numbers: 1, sum: 1 });
  });
});

describe('finding rows and choices', () => {
  it('searches a whole row by Chinese, pinyin and initials', () => {
    const search = new RowSearch<Row>();
    const columns = [column('name'), column('unitId')];
    const found = (query: string) => {
      search.setQuery(query);
      return rows.filter((row) => search.passes(row, columns)).map(({ id }) => id);
    };
    expect(found('bqx 污水')).toEqual(['1']);
    expect(found('chanye')).toEqual(['2']);
    expect(found('')).toEqual(['1', '2']);
  });

  it('narrows a list of choices by initials and aliases', () => {
    const items = pickItems(column('stage'), undefined) ?? [];
    expect(filterItems(items, 'zj').map(({ label }) => label)).toContain('在建');
    expect(filterItems(items, '续建').map(({ label }) => label)).toEqual(['在建']);
  });
});
