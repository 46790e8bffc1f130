import { Result } from 'antd';
import { Route, Switch } from 'wouter';
import { DisputesPage, ExchangePage, ExportPage, ImportPage, RegisterPage } from '../features/exchange/index.ts';
import { OrganisationPage } from '../features/organisation/index.ts';
import { ProjectPage, ProjectsPage } from '../features/projects/index.ts';
import { RatesPage } from '../features/rates/index.ts';
import { ReportsPage } from '../features/reports/index.ts';
import { SettingsPage } from '../features/settings/index.ts';
import { NewSupervisionPage, SupervisionListPage, SupervisionSheetPage } from '../features/supervision/index.ts';
import { WorkbenchPage } from '../features/workbench/index.ts';
import { ImportExcelPage } from '../features/workbook/index.ts';

/** Every screen by its address. */
export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <WorkbenchPage />
      </Route>
      <Route path="/projects">
        <ProjectsPage />
      </Route>
      <Route path="/projects/import">
        <ImportExcelPage />
      </Route>
      <Route path="/projects/:id">{({ id }) => <ProjectPage id={id} />}</Route>
      <Route path="/reports">
        <ReportsPage />
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
        <OrganisationPage />
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
      <Route path="/settings">
        <SettingsPage />
      </Route>
      <Route>
        <Result title="没有这个页面" subTitle="请从左侧选择要去的地方。" />
      </Route>
    </Switch>
  );
}
