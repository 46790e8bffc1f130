import {
  CheckCircleOutlined,
  CheckOutlined,
  EditOutlined,
  ExclamationCircleFilled,
  MessageOutlined,
  SendOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { SheetStanding } from '../../../shared/contract/supervision.ts';
import { STANDING_NAMES } from './words.ts';

const ICONS: Readonly<Record<SheetStanding, ReactNode>> = {
  draft: <EditOutlined aria-hidden />,
  approved: <CheckOutlined aria-hidden />,
  issued: <SendOutlined aria-hidden />,
  overdue: <ExclamationCircleFilled aria-hidden />,
  replied: <MessageOutlined aria-hidden />,
  closed: <CheckCircleOutlined aria-hidden />,
};

/** Where a sheet stands, by shape and words; colour only for what needs a decision. */
export function StandingMark({ standing }: { readonly standing: SheetStanding }) {
  return (
    <span className={standing === 'overdue' ? 'sheet-standing overdue' : 'sheet-standing'}>
      <span aria-hidden>{ICONS[standing]}</span>
      {STANDING_NAMES[standing]}
    </span>
  );
}
