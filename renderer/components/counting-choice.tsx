import { Segmented } from 'antd';
import { COUNTING_NAMES, type Counting } from '../../shared/domain/bundle.ts';
import { useKept } from './use-kept.ts';

/** How bundles are counted: one choice for every screen. */
export function useCounting(): readonly [Counting, (next: Counting) => void] {
  return useKept<Counting>('counting', 'whole');
}

const OPTIONS = (['whole', 'parts'] as const).map((value) => ({ value, label: COUNTING_NAMES[value] }));

/** 打包计一个 or 按子项计: says and sets how the counts and sums beside it take the bundles. */
export function CountingChoice({
  value,
  onChange,
}: {
  readonly value: Counting;
  readonly onChange: (next: Counting) => void;
}) {
  return (
    <Segmented<Counting>
      size="small"
      aria-label="打包项目怎样计数"
      options={OPTIONS}
      value={value}
      onChange={onChange}
    />
  );
}
