import type { Campaign } from '../../../shared/contract/workbench.ts';
import { formatChinese } from '../../../shared/domain/date.ts';

/** 百日会战 第 n 天 (B1). Before and after its window it says when that is. */
export function CampaignNote({ campaign }: { readonly campaign: Campaign | null }) {
  if (campaign === null) return null;
  const { name, from, to, state, day, total } = campaign;
  const window = `${formatChinese(from)}至${formatChinese(to)}，共 ${total} 天`;
  switch (state) {
    case 'running':
      return (
        <span title={window} style={{ fontSize: 16 }}>
          {name} <strong>第 {day} 天</strong>
          <span className="wb-quiet">，还剩 {total - day} 天</span>
        </span>
      );
    case 'before':
      return (
        <span title={window} className="wb-quiet">
          {name}还有 {day} 天开始（{formatChinese(from)}）
        </span>
      );
    case 'after':
      return (
        <span title={window} className="wb-quiet">
          {name}已于{formatChinese(to)}结束
        </span>
      );
  }
}
