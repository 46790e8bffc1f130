import { lazy, type ReactNode, Suspense } from 'react';

// What features bring to the pages of others; each loaded when it is first shown.
const chain = () => import('../features/chain/index.ts');
const dossier = () => import('../features/dossier/index.ts');
const factors = () => import('../features/factors/index.ts');
const permits = () => import('../features/permits/index.ts');
const stages = () => import('../features/stages/index.ts');
const photos = () => import('../components/photos/photo-board.tsx');
const teams = () => import('../features/teams/index.ts');
const PhotoBoard = lazy(async () => ({ default: (await photos()).PhotoBoard }));
const ProjectChainTab = lazy(async () => ({ default: (await chain()).ProjectChainTab }));
const ProjectFactorsTab = lazy(async () => ({ default: (await factors()).ProjectFactorsTab }));
const ProjectPermitsTab = lazy(async () => ({ default: (await permits()).ProjectPermitsTab }));
const PrintDossier = lazy(async () => ({ default: (await dossier()).PrintDossier }));
const ConversionView = lazy(async () => ({ default: (await stages()).ConversionView }));
const StagesTab = lazy(async () => ({ default: (await stages()).StagesTab }));
const ForcesTab = lazy(async () => ({ default: (await teams()).ForcesTab }));
const HookupTab = lazy(async () => ({ default: (await teams()).HookupTab }));
const InspectionTab = lazy(async () => ({ default: (await teams()).InspectionTab }));
const PrintTeams = lazy(async () => ({ default: (await teams()).PrintTeams }));
const ProjectTeamTab = lazy(async () => ({ default: (await teams()).ProjectTeamTab }));
const ServingTab = lazy(async () => ({ default: (await teams()).ServingTab }));
const SixOnesTab = lazy(async () => ({ default: (await teams()).SixOnesTab }));

/** The page around stays while a part is loaded. */
const part = (content: ReactNode): ReactNode => <Suspense fallback={null}>{content}</Suspense>;

export const projectTabs = [
  { key: 'chain', label: '推进链条', render: (id: string) => part(<ProjectChainTab key={id} projectId={id} />) },
  { key: 'photos', label: '照片', render: (id: string) => part(<PhotoBoard key={id} projectId={id} />) },
  { key: 'permits', label: '手续', render: (id: string) => part(<ProjectPermitsTab key={id} projectId={id} />) },
  { key: 'factors', label: '要素', render: (id: string) => part(<ProjectFactorsTab key={id} projectId={id} />) },
  { key: 'stages', label: '阶段', render: (id: string) => part(<StagesTab key={id} projectId={id} />) },
  { key: 'team', label: '专班与服务', render: (id: string) => part(<ProjectTeamTab key={id} projectId={id} />) },
] as const;

export const organisationTabs = [
  { key: 'forces', label: '专班', children: part(<ForcesTab />) },
  { key: 'sixOnes', label: '六个一', children: part(<SixOnesTab />) },
  { key: 'serving', label: '服务名单', children: part(<ServingTab />) },
  { key: 'hookup', label: '挂点帮扶', children: part(<HookupTab />) },
  { key: 'inspection', label: '督查问责办', children: part(<InspectionTab />) },
] as const;

export const poolTabs = [{ key: 'conversion', label: '转化率', children: part(<ConversionView />) }] as const;

export const printTeams = part(<PrintTeams />);

/** 打印台账 of these projects. */
export function printDossier(ids: readonly string[]): ReactNode {
  return part(<PrintDossier ids={ids} />);
}
