import { FileExcelOutlined } from '@ant-design/icons';
import { Button } from 'antd';

/** The first step: what can be imported, and the choice of the file. */
export function FileStep({
  target,
  busy,
  onPick,
}: {
  readonly target: 'project' | 'report';
  readonly busy: boolean;
  readonly onPick: () => void;
}) {
  return (
    <section className="panel wb-file" aria-label="选择文件">
      <FileExcelOutlined aria-hidden className="wb-file-icon" />
      <h2>{target === 'report' ? '选择旬报表' : '选择项目清单'}</h2>
      <p>
        可以是 .xlsx、老的 .xls、从网页系统导出的 .xls，或
        .csv。表前有标题、单位行，表头合并成两行，中间有分类、小计、合计、注释行，都能认出来，不必先整理。
      </p>
      <p>
        先看清楚再导入：每列对应什么、每格读成什么、哪一格有问题，都会列出来。点“导入”之前，台账不会有任何改动；导入之后也可以撤销。
      </p>
      <Button type="primary" size="large" loading={busy} onClick={onPick} autoFocus>
        选择 Excel 文件
      </Button>
    </section>
  );
}
