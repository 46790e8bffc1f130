import { useQuery } from '@tanstack/react-query';
import { Card, Statistic } from 'antd';
import { api } from '../../app/api.ts';

export function CityWorkbench() {
  const projects = useQuery(api.records.list.queryOptions({ input: { entity: 'project' } }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>工作台</h1>
      </div>
      <div className="page-body">
        <Card>
          <Statistic title="项目" value={projects.data?.length ?? 0} suffix="项" />
        </Card>
      </div>
    </div>
  );
}
