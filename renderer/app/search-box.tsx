import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Input, type InputRef } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { tinykeys } from 'tinykeys';
import { useLocation } from 'wouter';
import { api } from './api.ts';

interface Hit {
  readonly text: string;
  readonly label: string;
  readonly hint: string;
  readonly path: string;
}

/** One search for everything that has a name: project, person, unit, paper, lead, group; Chinese, pinyin or initials (Ctrl+K). */
export function SearchBox() {
  const [, navigate] = useLocation();
  const [words, setWords] = useState('');
  const [active, setActive] = useState(false);
  // The pinyin table is large and not needed before someone searches.
  const match = useQuery({
    queryKey: ['search-match'],
    queryFn: () => import('../components/search-match.ts'),
    enabled: active || words !== '',
  });
  const input = useRef<InputRef>(null);
  const enabled = active || words !== '';
  const projects = useQuery(api.records.list.queryOptions({ input: { entity: 'project' }, enabled }));
  const people = useQuery(api.records.list.queryOptions({ input: { entity: 'person' }, enabled }));
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' }, enabled }));
  const sheets = useQuery(api.records.list.queryOptions({ input: { entity: 'supervisionSheet' }, enabled }));
  const leads = useQuery(api.records.list.queryOptions({ input: { entity: 'investmentLead' }, enabled }));
  const groups = useQuery(api.records.list.queryOptions({ input: { entity: 'promotionGroup' }, enabled }));
  const forces = useQuery(api.records.list.queryOptions({ input: { entity: 'taskForce' }, enabled }));

  useEffect(
    () =>
      tinykeys(
        window,
        {
          '$mod+k': (event) => {
            event.preventDefault();
            input.current?.focus();
          },
        },
        // By default it is deaf in text fields, and so in the grid, whose cells are typed into.
        { ignore: (event) => event.isComposing },
      ),
    [],
  );

  const tools = match.data;
  const hits = useMemo<readonly Hit[]>(() => {
    if (!tools) return [];
    const of = (row: { readonly [key: string]: unknown }, key: string): string => {
      const value = row[key];
      return typeof value === 'string' ? value : '';
    };
    const hit = (label: string, hint: string, path: string): Hit => ({
      text: tools.buildSearchText(`${label} ${hint}`),
      label,
      hint,
      path,
    });
    return [
      ...(projects.data ?? []).map((row) => hit(of(row, 'name'), '项目', `/projects/${row.id}`)),
      ...(people.data ?? []).map((row) =>
        hit(of(row, 'name'), of(row, 'title') || '人员', `/organisation?person=${row.id}`),
      ),
      ...(units.data ?? []).map((row) => hit(of(row, 'name'), '责任单位', `/projects?unit=${row.id}`)),
      ...(sheets.data ?? []).map((row) =>
        hit(of(row, 'title'), of(row, 'number') || '督办文书', `/supervision/${row.id}`),
      ),
      ...(leads.data ?? []).map((row) => hit(of(row, 'name'), '招商线索', `/factors?lead=${row.id}`)),
      ...(groups.data ?? []).map((row) => hit(of(row, 'name'), '包保推进组', '/organisation?tab=groups')),
      ...(forces.data ?? []).map((row) => hit(of(row, 'name'), '专班', '/organisation?tab=forces')),
    ];
  }, [tools, projects.data, people.data, units.data, sheets.data, leads.data, groups.data, forces.data]);

  const found = words.trim() === '' || !tools ? [] : hits.filter((hit) => tools.matches(hit.text, words)).slice(0, 12);

  return (
    <AutoComplete
      style={{ width: 260 }}
      value={words}
      options={found.map((hit, index) => ({
        // A screen reader is read the value; two things of one name are told apart by marks that nobody hears.
        value: `${hit.label} ${hit.hint}${'\u200b'.repeat(index)}`,
        path: hit.path,
        label: (
          <span style={{ display: 'flex', gap: 8 }}>
            <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}>{hit.label}</span>
            <span style={{ color: '#4b5563' }}>{hit.hint}</span>
          </span>
        ),
      }))}
      notFoundContent={words.trim() === '' ? null : '没有找到。可输入名称中的几个字、全拼或首字母'}
      popupMatchSelectWidth={420}
      onSearch={setWords}
      onSelect={(_: string, { path }) => {
        setWords('');
        navigate(path);
      }}
      onFocus={() => setActive(true)}
      onBlur={() => setActive(false)}
    >
      <Input
        ref={input}
        prefix={<SearchOutlined aria-hidden />}
        placeholder="项目、人员、单位、文书 Ctrl+K"
        aria-label="全局搜索"
        allowClear={{ clearIcon: <CloseCircleFilled aria-label="清除" /> }}
      />
    </AutoComplete>
  );
}
