import { describe, expect, it } from 'vitest';
import { PendingEdits } from '../../../renderer/grid/pending-edits.ts';

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly note?: string;
}

function start(...rows: readonly Row[]) {
  const pending = new PendingEdits<Row>();
  pending.take(rows);
  return pending;
}

const edit = (value: string) => [{ rowId: '1', key: 'name', value }];

describe('edits under way', () => {
  it('are shown at once and taken back when refused', () => {
    const pending = start({ id: '1', name: '旧' });
    const end = pending.begin(edit('新'));
    expect(pending.row('1')?.name).toBe('新');
    end(() => false);
    expect(pending.row('1')?.name).toBe('旧');
  });

  it('stay when accepted, until the parent has fetched them', () => {
    const old = { id: '1', name: '旧' };
    const pending = start(old);
    pending.begin(edit('新'))(() => true);
    expect(pending.row('1')?.name).toBe('新');
    expect(pending.take([old])).toEqual([]);
    expect(pending.row('1')?.name).toBe('新');
    expect(pending.take([{ id: '1', name: '新（已核）' }])).toEqual(['1']);
    expect(pending.row('1')?.name).toBe('新（已核）');
  });

  it('lie over rows that arrive meanwhile, the later over the earlier', () => {
    const pending = start({ id: '1', name: '旧' });
    const first = pending.begin(edit('甲'));
    const second = pending.begin(edit('乙'));
    pending.take([{ id: '1', name: '旧', note: '别处改的' }]);
    expect(pending.row('1')).toEqual({ id: '1', name: '乙', note: '别处改的' });
    second(() => false);
    expect(pending.row('1')?.name).toBe('甲');
    first(() => true);
    expect(pending.row('1')?.name).toBe('甲');
  });

  it('tells apart changed rows from rows that came, went or moved', () => {
    const [one, two] = [
      { id: '1', name: '一' },
      { id: '2', name: '二' },
    ];
    const pending = start(one, two);
    expect(pending.take([one, { ...two, name: '贰' }])).toEqual(['2']);
    expect(pending.take([two, one])).toBeNull();
    expect(pending.take([one])).toBeNull();
    expect(pending.size).toBe(1);
  });
});
