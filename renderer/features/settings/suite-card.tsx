import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Card, Radio } from 'antd';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

/** 密码套件 of the exchange files: chosen once for the city; every office reads both. */
export function SuiteCard() {
  const { message } = App.useApp();
  const { data } = useQuery(api.exchange.overview.queryOptions());
  const choose = useMutation(
    api.exchange.chooseSuite.mutationOptions({
      onSuccess: () => message.success('已更改，今后写出的交换文件使用新的密码套件'),
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  if (data === undefined) return null;
  const mayChoose = data.level === 'city';
  return (
    <Card title="交换文件的密码套件">
      <Radio.Group
        aria-label="密码套件"
        disabled={!mayChoose || choose.isPending}
        value={data.suite}
        onChange={(event) => choose.mutate({ suite: event.target.value === 2 ? 2 : 1 })}
        options={[
          { value: 1, label: '国际算法（Ed25519、AES-256）' },
          { value: 2, label: '国密算法（SM2、SM3、SM4）' },
        ]}
      />
      <p style={{ margin: '8px 0 0', color: '#4b5563' }}>
        {mayChoose ? '全市统一选择，随下行文件到各单位；两种文件都能读取。' : '由市级统一选择；两种文件都能读取。'}
        本程序的国密算法为软件实现，未经商用密码产品认证。
      </p>
    </Card>
  );
}
