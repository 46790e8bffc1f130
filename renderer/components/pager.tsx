import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { PaginationProps } from 'antd';
import type { ReactNode } from 'react';

const LINK = 'ant-pagination-item-link';

function step(words: string, icon: ReactNode) {
  return (
    <button type="button" className={LINK} tabIndex={-1} aria-label={words}>
      {icon}
    </button>
  );
}

/** The steps of a pager in Chinese also for who hears them: antd's own arrows are called 'left' and 'right'. */
export const pagerItem: NonNullable<PaginationProps['itemRender']> = (_page, type, element) => {
  switch (type) {
    case 'prev':
      return step('上一页', <LeftOutlined aria-hidden />);
    case 'next':
      return step('下一页', <RightOutlined aria-hidden />);
    case 'jump-prev':
      return step('向前 5 页', <span aria-hidden>•••</span>);
    case 'jump-next':
      return step('向后 5 页', <span aria-hidden>•••</span>);
    case 'page':
      return element;
  }
};
