import { Button } from 'antd';
import { useLocation } from 'wouter';
import type { FirstSteps as Steps } from '../../../shared/contract/workbench.ts';

/** A city's ledger was just set up: what to do, in order, each with its button; done ones stay as a tick. */
export function FirstSteps({ steps }: { readonly steps: Steps }) {
  const [, navigate] = useLocation();
  const list = [
    {
      done: steps.units > 0,
      title: '登记责任单位和人员',
      note: steps.units > 0 ? `已有 ${steps.units} 个责任单位` : '县（市、区）、开发区和市直部门，可从 Excel 粘贴',
      action: '去登记',
      path: '/organisation?tab=units',
    },
    {
      done: steps.projects > 0,
      title: '导入项目清单',
      note: steps.projects > 0 ? `已有 ${steps.projects} 个项目` : '现有的 Excel 台账，先预览再写入',
      action: '导入 Excel',
      path: '/projects/import',
    },
    {
      done: steps.enrolled > 0,
      title: '给各单位制作入网文件',
      note: steps.enrolled > 0 ? `已有 ${steps.enrolled} 个填报端` : '用 U 盘交给单位，口令另行电话告知',
      action: '去制作',
      path: '/exchange',
    },
  ];
  const next = list.find((step) => !step.done);
  return (
    <section className="wb-card first wb-wide" aria-label="建账步骤">
      <header>
        <h2>台账已建立，还差这几步</h2>
      </header>
      <ol className="wb-list wb-steps">
        {list.map((step, index) => (
          <li key={step.title} className="wb-row">
            <span aria-hidden className="wb-step-mark">
              {step.done ? '✓' : index + 1}
            </span>
            <span className="grow">
              {step.title}
              <span className="wb-quiet">　{step.note}</span>
            </span>
            {step.done ? (
              <span className="wb-quiet">已做</span>
            ) : (
              <Button type={step === next ? 'primary' : 'default'} onClick={() => navigate(step.path)}>
                {step.action}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
