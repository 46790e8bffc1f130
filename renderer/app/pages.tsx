import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { WorkbenchPage } from '../features/workbench/index.ts';
import { organisationTabs, poolTabs, printDossier, printTeams, projectTabs } from './page-parts.tsx';

// Only the first screen is loaded at start; each of the others when it is gone to.
const backup = () => import('../features/backup/index.ts');
const chain = () => import('../features/chain/index.ts');
const exchange = () => import('../features/exchange/index.ts');
const factors = () => import('../features/factors/index.ts');
const organisation = () => import('../features/organisation/index.ts');
const permits = () => import('../features/permits/index.ts');
const pool = () => import('../features/pool/index.ts');
const projects = () => import('../features/projects/index.ts');
const rates = () => import('../features/rates/index.ts');
const reports = () => import('../features/reports/index.ts');
const settings = () => import('../features/settings/index.ts');
const supervision = () => import('../features/supervision/index.ts');
const workbook = () => import('../features/workbook/index.ts');
const BackupPage = lazy(async () => ({ default: (await backup()).BackupPage }));
const ChainPage = lazy(async () => ({ default: (await chain()).ChainPage }));
const DisputesPage = lazy(async () => ({ default: (await exchange()).DisputesPage }));
const ExchangePage = lazy(async () => ({ default: (await exchange()).ExchangePage }));
const ExportPage = lazy(async () => ({ default: (await exchange()).ExportPage }));
const ImportPage = lazy(async () => ({ default: (await exchange()).ImportPage }));
const RegisterPage = lazy(async () => ({ default: (await exchange()).RegisterPage }));
const FactorsPage = lazy(async () => ({ default: (await factors()).FactorsPage }));
const OrganisationPage = lazy(async () => ({ default: (await organisation()).OrganisationPage }));
const PermitsPage = lazy(async () => ({ default: (await permits()).PermitsPage }));
const PoolPage = lazy(async () => ({ default: (await pool()).PoolPage }));
const ProjectPage = lazy(async () => ({ default: (await projects()).ProjectPage }));
const ProjectsPage = lazy(async () => ({ default: (await projects()).ProjectsPage }));
const RatesPage = lazy(async () => ({ default: (await rates()).RatesPage }));
const ReportsPage = lazy(async () => ({ default: (await reports()).ReportsPage }));
const SettingsPage = lazy(async () => ({ default: (await settings()).SettingsPage }));
const NewSupervisionPage = lazy(async () => ({ default: (await supervision()).NewSupervisionPage }));
const SupervisionListPage = lazy(async () => ({ default: (await supervision()).SupervisionListPage }));
const SupervisionSheetPage = lazy(async () => ({ default: (await supervision()).SupervisionSheetPage }));
const weekly = () => import('../features/workbench/weekly-page.tsx');
const WeeklyPage = lazy(async () => ({ default: (await weekly()).WeeklyPage }));
const ImportExcelPage = lazy(async () => ({ default: (await workbook()).ImportExcelPage }));

/** Every screen by its address. */
export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <WorkbenchPage />
      </Route>
      <Route path="/weekly">
        <WeeklyPage />
      </Route>
      <Route path="/projects">
        <ProjectsPage extraActions={printDossier} />
      </Route>
      <Route path="/projects/import">
        <ImportExcelPage />
      </Route>
      <Route path="/projects/:id">
        {({ id }) => <ProjectPage id={id} extraTabs={projectTabs} extraActions={(each) => printDossier([each])} />}
      </Route>
      <Route path="/reports">
        <ReportsPage />
      </Route>
      <Route path="/chain">
        <ChainPage />
      </Route>
      <Route path="/permits">
        <PermitsPage />
      </Route>
      <Route path="/factors">
        <FactorsPage />
      </Route>
      <Route path="/rates">
        <RatesPage />
      </Route>
      <Route path="/supervision">
        <SupervisionListPage />
      </Route>
      <Route path="/supervision/new">
        <NewSupervisionPage />
      </Route>
      <Route path="/supervision/:id">
        <SupervisionSheetPage />
      </Route>
      <Route path="/organisation">
        <OrganisationPage extraTabs={organisationTabs} extraActions={printTeams} />
      </Route>
      <Route path="/pool">
        <PoolPage extraTabs={poolTabs} />
      </Route>
      <Route path="/exchange">
        <ExchangePage />
      </Route>
      <Route path="/exchange/export">
        <ExportPage />
      </Route>
      <Route path="/exchange/import">
        <ImportPage />
      </Route>
      <Route path="/exchange/disputes">
        <DisputesPage />
      </Route>
      <Route path="/exchange/register">
        <RegisterPage />
      </Route>
      <Route path="/settings/backup">
        <BackupPage />
      </Route>
      <Route path="/settings">
        <SettingsPage />
      </Route>
      <Route>
        <p className="page">没有这个页面。请从左侧选择要去的地方。</p>
      </Route>
    </Switch>
  );
}
