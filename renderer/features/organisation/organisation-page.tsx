import { Alert, Spin, Tabs } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { messageOf } from '../../app/fault.ts';
import '../../components/components.css';
import { CountingChoice, useCounting } from '../../components/counting-choice.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { SavedMark, useSave } from '../../components/use-save.tsx';
import { CoverageTab } from './coverage-tab.tsx';
import { GroupsTab } from './groups-tab.tsx';
import { LeadingGroupTab } from './leading-group-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { UnitsTab } from './units-tab.tsx';
import { CITY_KEEPS, useIsCity, useOverview } from './use-overview.ts';

interface OrganisationPageProps {
  /** Tabs that other features bring, before 覆盖检查. */
  readonly extraTabs?: readonly { readonly key: string; readonly label: string; readonly children: ReactNode }[];
  readonly extraActions?: ReactNode;
}

/** 组织 (A1–A3): leading group, promotion groups, units, people, and whether all of it is complete. */
export function OrganisationPage({ extraTabs = [], extraActions }: OrganisationPageProps) {
  const [counting, setCounting] = useCounting();
  const { data: overview, error } = useOverview(counting);
  const isCity = useIsCity();
  const refs = useRefs();
  const saver = useSave();
  const [, navigate] = useLocation();
  const question = useSearch();
  const [tab, setTab] = useState('leading');
  const [person, setPerson] = useState<string | null>(null);
  useEffect(() => {
    const asked = new URLSearchParams(question);
    const who = asked.get('person');
    const where = who === null ? asked.get('tab') : 'people';
    if (where === null) return;
    setPerson(who);
    setTab(where);
    navigate('/organisation', { replace: true });
  }, [question, navigate]);
  const shared = overview === undefined ? null : { overview, refs, saver };
  return (
    <section className="page" aria-label="组织">
      <div className="page-head">
        <h1>组织</h1>
        {isCity ? null : <span style={{ color: '#4b5563' }}>领导小组、推进组、责任单位{CITY_KEEPS}</span>}
        <span style={{ flex: 1 }} />
        <SavedMark saver={saver} />
        {tab === 'groups' || tab === 'units' ? <CountingChoice value={counting} onChange={setCounting} /> : null}
        {extraActions}
      </div>
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      {shared === null ? (
        <Spin style={{ margin: 24 }} />
      ) : (
        <div className="page-body fixed">
          <Tabs
            className="fill-tabs"
            activeKey={tab}
            onChange={setTab}
            destroyOnHidden
            items={[
              { key: 'leading', label: '领导小组', children: <LeadingGroupTab {...shared} /> },
              {
                key: 'groups',
                label: `包保推进组（${shared.overview.groups.length}）`,
                children: <GroupsTab {...shared} />,
              },
              {
                key: 'units',
                label: `责任单位（${shared.overview.units.length}）`,
                children: <UnitsTab {...shared} />,
              },
              {
                key: 'people',
                label: `人员（${shared.overview.people.length}）`,
                children: <PeopleTab {...shared} focus={person} />,
              },
              ...extraTabs,
              { key: 'coverage', label: '覆盖检查', children: <CoverageTab /> },
            ]}
          />
        </div>
      )}
    </section>
  );
}
