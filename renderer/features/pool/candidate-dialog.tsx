import { useQuery } from '@tanstack/react-query';
import { Modal, Select, Spin } from 'antd';
import { useState } from 'react';
import type { AdjustmentLine } from '../../../shared/contract/pool.ts';
import { moneyText } from '../../../shared/domain/money.ts';
import { api } from '../../app/api.ts';
import { useRefs } from '../../components/use-refs.ts';
import type { Saver } from '../../components/use-save.tsx';

/** 选替换项目: comparable ones first; any other may be chosen and is then checked. */
export function CandidateDialog({
  line,
  saver,
  onClose,
}: {
  readonly line: AdjustmentLine;
  readonly saver: Saver;
  onClose(): void;
}) {
  const refs = useRefs({ projects: true });
  const { data } = useQuery(
    api.pool.candidates.queryOptions({ input: { projectId: line.projectId, list: line.list } }),
  );
  const [chosen, setChosen] = useState<string | null>(line.replacementId);
  const save = async (): Promise<void> => {
    if (chosen === null) return;
    const outcome = await saver.act(
      `选定“${line.name}”的替换项目`,
      [{ entity: 'poolAdjustment', id: line.id, set: { replacementId: chosen } }],
      '已选定替换项目',
    );
    if (outcome) onClose();
  };
  return (
    <Modal
      open
      title={`选替换项目：${line.name}`}
      okText="选定"
      cancelText="取消"
      width={720}
      okButtonProps={{ disabled: chosen === null }}
      onCancel={onClose}
      onOk={() => void save()}
    >
      <p style={{ marginTop: 0 }}>
        原项目总投资 {moneyText(line.totalInvestment)}，年度计划 {moneyText(line.annualPlan)}。
        {data === undefined
          ? ''
          : `总投资相差 ±${data.tolerance} % 以内、年度计划不低于原项目、不在本清单的未竣工项目有 ${data.candidates.length} 个。`}
      </p>
      {data === undefined ? (
        <Spin />
      ) : (
        <div style={{ maxHeight: 300, overflow: 'auto' }}>
          <table className="plain-table pool-table">
            <caption>规模相当的项目</caption>
            <tbody>
              {data.candidates.map((each) => (
                <tr key={each.id}>
                  <td>
                    <label>
                      <input
                        type="radio"
                        name="candidate"
                        checked={chosen === each.id}
                        onChange={() => setChosen(each.id)}
                      />{' '}
                      {each.name}
                    </label>
                  </td>
                  <td>{each.unitName}</td>
                  <td className="number">{moneyText(each.totalInvestment)}</td>
                  <td className="number">
                    {each.percent === null ? '' : `${each.percent > 0 ? '+' : ''}${each.percent.toFixed(1)} %`}
                  </td>
                  <td className="number">计划 {moneyText(each.annualPlan)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="field" style={{ marginTop: 10 }}>
        <label htmlFor="other-candidate">其他项目</label>
        <Select<string>
          id="other-candidate"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="输入项目名称"
          {...(chosen === null ? {} : { value: chosen })}
          options={(refs['project']?.options ?? []).map((option) => ({ value: option.id, label: option.label }))}
          onChange={setChosen}
        />
      </div>
    </Modal>
  );
}
