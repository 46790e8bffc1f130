import { choice, date, entity, integer, json, longText, ref, text } from '../field.ts';

export const SHEET_KINDS = [
  { value: 'reminder', label: '工作提示单' },
  { value: 'order', label: '督办单' },
  { value: 'warning', label: '警示函' },
  { value: 'talk', label: '约谈通知书' },
] as const;

/** 督办文书 (B8): to one unit, about one or more projects; numbered only after an approval is recorded. */
export const supervisionSheet = entity(
  '督办文书',
  {
    scope: 'unit',
    creator: 'city',
    seal: {
      when: 'number',
      fields: [
        ...[
          'kind',
          'unitId',
          'number',
          'numberYear',
          'numberSequence',
          'title',
          'body',
          'projectIds',
          'addressee',
          'copyTo',
        ],
        ...['voided', 'signer', 'approvedBy', 'approvedOn', 'approvalNote', 'issuedOn', 'asOf', 'dataDigest'],
      ],
    },
  },
  {
    kind: choice('文种', SHEET_KINDS, { owner: 'city', required: true }),
    unitId: ref('主送单位', 'responsibilityUnit', { owner: 'city', required: true, width: 120 }),
    state: choice(
      '状态',
      [
        { value: 'draft', label: '拟稿' },
        { value: 'approved', label: '已批准' },
        { value: 'issued', label: '已编号印发' },
        { value: 'replied', label: '已回复' },
        { value: 'closed', label: '已办结' },
      ],
      { owner: 'city', required: true },
    ),
    number: text('发文字号', { owner: 'city', width: 160 }),
    numberYear: integer('年份', { owner: 'city', hidden: true, min: 2000, max: 2100 }),
    numberSequence: integer('序号', { owner: 'city', hidden: true, min: 1, max: 99999 }),
    title: text('标题', { owner: 'city', width: 300 }),
    body: longText('正文', { owner: 'city', maxLength: 20000 }),
    projectIds: json('涉及项目', { owner: 'city' }),
    addressee: text('主送', { owner: 'city', hidden: true }),
    copyTo: text('抄送', { owner: 'city', hidden: true }),
    signer: text('署名', { owner: 'city', hidden: true }),
    contact: text('联系人及电话', { owner: 'city', hidden: true }),
    approvedBy: text('批准人', { owner: 'city' }),
    approvedOn: date('批准日期', { owner: 'city' }),
    approvalNote: text('批准依据', { owner: 'city', help: '如“经请示市政府同意”及批示文号' }),
    issuedOn: date('印发日期', { owner: 'city' }),
    replyDue: date('反馈期限', { owner: 'city' }),
    asOf: date('数据截止日', { owner: 'city' }),
    dataDigest: text('数据摘要', { owner: 'city', hidden: true, maxLength: 64 }),
    escalatedFrom: ref('上一级文书', 'supervisionSheet', { owner: 'city', hidden: true }),
    // The unit answers in its own ledger, or on paper, and then the city records it.
    receivedBy: text('签收人', { owner: 'shared' }),
    receivedOn: date('签收日期', { owner: 'shared' }),
    repliedOn: date('回复日期', { owner: 'shared' }),
    replyText: longText('办理情况', { owner: 'shared', width: 260 }),
  },
);
