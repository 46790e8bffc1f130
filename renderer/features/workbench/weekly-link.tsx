import { Button } from 'antd';
import { useLocation } from 'wouter';
import { isoWeekday } from '../../../shared/domain/date.ts';

/** 每周提示: called for on Mondays, at hand on the other days. */
export function WeeklyLink({ today }: { readonly today: string }) {
  const [, navigate] = useLocation();
  const monday = isoWeekday(today) === 1;
  return (
    <Button type={monday ? 'primary' : 'default'} onClick={() => navigate('/weekly')}>
      {monday ? '今天星期一：发每周提示' : '每周提示'}
    </Button>
  );
}
