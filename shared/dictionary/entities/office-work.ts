import { choice, date, entity, instant, integer, json, longText, ref, text } from '../field.ts';

/** Settings and rules that change with time: rows with an effective date. */
export const rule = entity(
  '规则',
  {},
  {
    kind: choice(
      '规则类别',
      [
        { value: 'light', label: '亮灯规则' },
        { value: 'cadence', label: '报送时限' },
        { value: 'rates', label: '四率口径' },
        { value: 'scheme', label: '方案' },
        { value: 'pool', label: '储备调整口径' },
      ],
      { owner: 'city', required: true },
    ),
    name: text('规则名称', { owner: 'city', required: true, width: 220 }),
    version: integer('版本', { owner: 'city', required: true, min: 1, max: 9999 }),
    effectiveFrom: date('生效日期', { owner: 'city', required: true }),
    body: json('内容', { owner: 'city' }),
  },
);

/** 建议修改: a value from an office that does not own the field; the owner takes or leaves it. */
export const proposal = entity(
  '建议修改',
  { scope: 'office', creator: 'any' },
  {
    entity: text('对象', { owner: 'shared', required: true, maxLength: 40 }),
    rowId: text('记录', { owner: 'shared', required: true, maxLength: 40 }),
    field: text('字段', { owner: 'shared', required: true, maxLength: 40 }),
    value: json('建议值', { owner: 'shared' }),
    current: json('提出时的值', { owner: 'shared' }),
    currentStamp: text('提出时的值的时间戳', { owner: 'shared', hidden: true, maxLength: 40 }),
    fromOfficeId: ref('提出单位', 'office', { owner: 'shared' }),
    toOwner: choice(
      '决定方',
      [
        { value: 'city', label: '市级' },
        { value: 'unit', label: '责任单位' },
      ],
      { owner: 'shared' },
    ),
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'shared' }),
    operator: text('提出人', { owner: 'shared', maxLength: 40 }),
    reason: longText('理由', { owner: 'shared' }),
    state: choice(
      '处理',
      [
        { value: 'open', label: '待处理' },
        { value: 'accepted', label: '已采纳' },
        { value: 'declined', label: '未采纳' },
      ],
      { owner: 'shared', required: true },
    ),
    decidedBy: text('处理人', { owner: 'shared', maxLength: 40 }),
  },
);

/** 冲突: two concurrent values of one field; the later won, the other is kept to be looked at. */
export const conflict = entity(
  '冲突',
  { scope: 'office', creator: 'any' },
  {
    entity: text('对象', { owner: 'shared', required: true, maxLength: 40 }),
    rowId: text('记录', { owner: 'shared', required: true, maxLength: 40 }),
    field: text('字段', { owner: 'shared', required: true, maxLength: 40 }),
    kept: json('现值', { owner: 'shared' }),
    keptStamp: text('现值时间戳', { owner: 'shared', hidden: true, maxLength: 40 }),
    other: json('另一值', { owner: 'shared' }),
    otherStamp: text('另一值时间戳', { owner: 'shared', hidden: true, maxLength: 40 }),
    unitId: ref('责任单位', 'responsibilityUnit', { owner: 'shared' }),
    state: choice(
      '处理',
      [
        { value: 'open', label: '待处理' },
        { value: 'resolved', label: '已处理' },
      ],
      { owner: 'shared', required: true },
    ),
    decidedBy: text('处理人', { owner: 'shared', maxLength: 40 }),
  },
);

/**
 * 时钟更正: values of an office whose clock ran ahead stand as of when they were received (exchange design, 'clock more than
 * 24 h ahead'). From `fromStamp` on, every stamp of the stream is read as one `shiftMs` earlier of a stream of its own.
 */
export const clockShift = entity(
  '时钟更正',
  { scope: 'above', creator: 'unit', appendOnly: true },
  {
    parentOfficeId: ref('采纳单位', 'office', { owner: 'above', required: true }),
    officeId: ref('时钟超前的单位', 'office', { owner: 'above', required: true }),
    streamTag: text('编号', { owner: 'above', required: true, hidden: true, maxLength: 40 }),
    fromStamp: text('起始时间戳', { owner: 'above', required: true, hidden: true, maxLength: 40 }),
    shiftMs: integer('前移毫秒', { owner: 'above', required: true, min: 0, hidden: true }),
    operator: text('采纳人', { owner: 'above', maxLength: 40 }),
    decidedAt: instant('采纳时间', { owner: 'above' }),
  },
);
