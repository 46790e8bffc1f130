import { Alert } from 'antd';
import type { UpgradeNotice as Notice } from '../../shared/contract/exchange.ts';

/** The city's program asks for more than ours can: which fields it decides otherwise, and the version to upgrade to. */
export function UpgradeNotice({ notice }: { readonly notice: Notice | null }) {
  if (notice === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 8 }}
      title={notice.needed === null ? '市里与本机的程序版本不同' : `请升级程序到 ${notice.needed} 以上`}
      description={notice.text}
    />
  );
}
