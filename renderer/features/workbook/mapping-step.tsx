import { Alert, Button, InputNumber, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { ImportPreview, OpenedWorkbook } from '../../../shared/contract/workbook.ts';
import type { MoneyUnit } from '../../../shared/dictionary/field.ts';
import type { ColumnMapping } from '../../../shared/domain/workbook/mapping.ts';
import { importField, importFields } from '../../../shared/domain/workbook/target.ts';
import type { RefOption } from '../../grid/index.ts';
import type { Question } from './use-import.ts';

interface MappingProps {
  readonly book: OpenedWorkbook;
  readonly question: Question;
  readonly preview: ImportPreview;
  readonly units: readonly RefOption[];
  readonly periods: readonly { readonly key: string; readonly label: string }[];
  readonly onAsk: (changes: Partial<Question>) => void;
}

const NOT_IMPORTED = '';
const MONEY_UNITS: readonly MoneyUnit[] = ['元', '万元', '亿元'];

/** Fields to choose from, the target's own first, in the groups of the dictionary. */
function fieldOptions(target: Question['target']) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { key, label, of, field } of importFields) {
    if (target === 'project' && of === 'report') continue;
    const name = of === 'helper' ? '其他' : of === 'report' ? '旬报' : (field?.group ?? '基本情况');
    groups.set(name, [...(groups.get(name) ?? []), { value: key, label }]);
  }
  const ordered = [...groups].sort(([a], [b]) => Number(b === '旬报') - Number(a === '旬报'));
  return [
    { value: NOT_IMPORTED, label: '（不导入）' },
    ...ordered.map(([label, options]) => ({ label, title: label, options })),
  ];
}

function sureness({ field, confidence, unitFrom }: ColumnMapping): string {
  if (field === null) return '';
  if (confidence >= 1 || unitFrom === 'operator') return '确定';
  if (confidence >= 0.85) return '高';
  return confidence >= 0.65 ? '中，请核对' : '低，请核对';
}

const UNIT_FROM: Readonly<Record<NonNullable<ColumnMapping['unitFrom']>, string>> = {
  heading: '表头写明',
  title: '标题行写明',
  default: '没有写明，按万元',
  operator: '人工指定',
};

function noteOf(column: ColumnMapping, target: Question['target']): string {
  if (column.claimedTwice) return '有两列对应同一字段，请把其中一列改为不导入';
  if (column.note !== null) return column.note;
  if (column.field !== null && target === 'project' && importField(column.field)?.of === 'report') {
    return '旬报数据，导入项目时不写入；要导入旬报请在上面选“旬报”';
  }
  return column.unitFrom === null ? '' : `单位：${UNIT_FROM[column.unitFrom]}`;
}

/** The second step: sheet, header rows, and which column is which field in which unit. */
export function MappingStep({ book, question, preview, units, periods, onAsk }: MappingProps) {
  const options = useMemo(() => fieldOptions(question.target), [question.target]);
  const shown = useMemo(() => {
    const labels = new Map(
      options
        .flatMap((entry) => ('options' in entry ? entry.options : [entry]))
        .map(({ value, label }) => [value, label]),
    );
    return (key: string): string | undefined => labels.get(key);
  }, [options]);
  const change = (column: number, changes: { readonly field?: string | null; readonly unit?: MoneyUnit }): void => {
    const columns = preview.mapping.map((mapped) => {
      const kept = { column: mapped.column, field: mapped.field, unit: mapped.unit };
      if (mapped.column !== column) return kept;
      const field = changes.field === undefined ? mapped.field : changes.field;
      return { column, field, unit: changes.unit ?? (changes.field === undefined ? mapped.unit : null) };
    });
    const [top, bottom] = preview.headerRows ?? [1, 1];
    onAsk({ columns, headerRows: [top, bottom] });
  };

  return (
    <div className="wb-step">
      <div className="wb-bar">
        <span className="wb-choice">
          工作表
          <Select
            aria-label="工作表"
            value={question.sheet}
            style={{ width: 200 }}
            options={book.sheets.map(({ index, name, hidden, projects }) => ({
              value: index,
              label: `${name}${hidden ? '（隐藏）' : ''}${projects > 0 ? `（${projects} 项）` : ''}`,
            }))}
            onChange={(sheet: number) =>
              onAsk({ sheet, headerRows: null, columns: null, target: book.sheets[sheet]?.target ?? question.target })
            }
          />
        </span>
        <span className="wb-choice">
          导入为
          <Select
            aria-label="导入为"
            value={question.target}
            style={{ width: 110 }}
            options={[
              { value: 'project', label: '项目台账' },
              { value: 'report', label: '旬报' },
            ]}
            onChange={(target: Question['target']) => onAsk({ target, headerRows: null, columns: null })}
          />
        </span>
        <HeaderRows preview={preview} onAsk={onAsk} />
        {question.target === 'report' ? (
          <span className="wb-choice">
            报告期
            <Select
              aria-label="报告期"
              value={preview.period?.key ?? null}
              style={{ width: 150 }}
              options={periodOptions(periods, preview.period)}
              onChange={(key: string) => onAsk({ period: { kind: 'tenDay', key } })}
            />
          </span>
        ) : (
          <span className="wb-choice">
            没写责任单位的归
            <Select
              aria-label="没写责任单位的归"
              value={question.unitId ?? ''}
              style={{ width: 190 }}
              showSearch={{ optionFilterProp: 'label' }}
              options={[
                { value: '', label: '（按有问题处理）' },
                ...units.map(({ id, label }) => ({ value: id, label })),
              ]}
              onChange={(unitId: string) => onAsk({ unitId: unitId === '' ? null : unitId })}
            />
          </span>
        )}
      </div>
      <SheetAlerts preview={preview} />
      <div className="panel wb-scroll">
        <table className="wb-mapping">
          <thead>
            <tr>
              <th scope="col">列</th>
              <th scope="col">表头</th>
              <th scope="col">对应字段</th>
              <th scope="col">金额单位</th>
              <th scope="col">把握</th>
              <th scope="col">例</th>
              <th scope="col">说明</th>
            </tr>
          </thead>
          <tbody>
            {preview.mapping.map((column) => (
              <tr
                key={column.column}
                className={column.claimedTwice ? 'wb-twice' : column.field === null ? 'wb-unused' : ''}
              >
                <th scope="row">{column.letter}</th>
                <td className="wb-heading">{column.heading}</td>
                <td>
                  <Select
                    aria-label={`${column.letter}列对应的字段`}
                    value={
                      column.field !== null && shown(column.field) === undefined
                        ? (importField(column.field)?.label ?? column.field)
                        : (column.field ?? NOT_IMPORTED)
                    }
                    style={{ width: 190 }}
                    showSearch={{ optionFilterProp: 'label' }}
                    {...(column.claimedTwice ? { status: 'error' as const } : {})}
                    options={options}
                    popupMatchSelectWidth={240}
                    onChange={(field: string) =>
                      change(column.column, { field: field === NOT_IMPORTED ? null : field })
                    }
                  />
                </td>
                <td>
                  {column.unit === null ? null : (
                    <Select
                      aria-label={`${column.letter}列的金额单位`}
                      value={column.unit}
                      style={{ width: 80 }}
                      {...(column.note === null ? {} : { status: 'warning' as const })}
                      options={MONEY_UNITS.map((unit) => ({ value: unit, label: unit }))}
                      onChange={(unit: MoneyUnit) => change(column.column, { unit })}
                    />
                  )}
                </td>
                <td className="wb-sure">{sureness(column)}</td>
                <td className="wb-samples" title={column.samples.join('\n')}>
                  {column.samples.join('｜')}
                </td>
                <td
                  className={
                    column.claimedTwice || (column.unit !== null && column.note !== null) ? 'wb-doubt' : 'wb-note'
                  }
                >
                  {noteOf(column, question.target)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function periodOptions(periods: MappingProps['periods'], chosen: ImportPreview['period']) {
  const options = periods.map(({ key, label }) => ({ value: key, label }));
  if (chosen === null || options.some(({ value }) => value === chosen.key)) return options;
  return [{ value: chosen.key, label: chosen.label }, ...options];
}

function HeaderRows({ preview, onAsk }: Pick<MappingProps, 'preview' | 'onAsk'>) {
  const [top, bottom] = preview.headerRows ?? [1, 1];
  const [rows, setRows] = useState<readonly [number, number]>([top, bottom]);
  useEffect(() => setRows([top, bottom]), [top, bottom]);
  const changed = preview.headerRows === null || rows[0] !== top || rows[1] !== bottom;
  const set = (first: number | null, last: number | null): void => {
    const start = first ?? 1;
    setRows([start, Math.min(Math.max(last ?? start, start), start + 4)]);
  };
  return (
    <span className="wb-rows">
      表头在第
      <InputNumber
        aria-label="表头首行"
        controls={false}
        min={1}
        max={9999}
        value={rows[0]}
        style={{ width: 62 }}
        onChange={(first) => set(first, Math.max(first ?? 1, rows[1]))}
      />
      至
      <InputNumber
        aria-label="表头末行"
        controls={false}
        min={1}
        max={9999}
        value={rows[1]}
        style={{ width: 62 }}
        onChange={(last) => set(rows[0], last)}
      />
      行
      {changed ? (
        <Button onClick={() => onAsk({ headerRows: [rows[0], rows[1]], columns: null })}>按此识别</Button>
      ) : null}
    </span>
  );
}

/** What is wrong with the sheet as a whole: errors keep it from being imported. */
export function SheetAlerts({ preview }: { readonly preview: ImportPreview }) {
  const errors = preview.problems.filter(({ severity }) => severity === 'error');
  const warnings = preview.problems.filter(({ severity }) => severity === 'warn');
  const list = (problems: typeof errors) =>
    problems.length === 1 ? (
      problems[0]?.text
    ) : (
      <ul className="wb-alerts">
        {problems.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    );
  return (
    <>
      {errors.length === 0 ? null : <Alert type="error" showIcon title={list(errors)} />}
      {warnings.length === 0 ? null : <Alert type="warning" showIcon title={list(warnings)} />}
    </>
  );
}
