import { attachmentsHandlers } from './attachments/handlers.ts';
import { backupHandlers } from './backup/handlers.ts';
import { calendarHandlers } from './calendar/handlers.ts';
import { chainHandlers } from './chain/handlers.ts';
import { dossierHandlers } from './dossier/handlers.ts';
import { exchangeHandlers } from './exchange/handlers.ts';
import { factorsHandlers } from './factors/handlers.ts';
import { organisationHandlers } from './organisation/handlers.ts';
import { permitsHandlers } from './permits/handlers.ts';
import { poolHandlers } from './pool/handlers.ts';
import { contract, open } from './procedure.ts';
import { projectsHandlers } from './projects/handlers.ts';
import { ratesHandlers } from './rates/handlers.ts';
import { recordsHandlers } from './records/handlers.ts';
import { reportsHandlers } from './reports/handlers.ts';
import { sessionHandlers } from './session/handlers.ts';
import { stagesHandlers } from './stages/handlers.ts';
import { supervisionHandlers } from './supervision/handlers.ts';
import { teamsHandlers } from './teams/handlers.ts';
import { workbenchHandlers } from './workbench/handlers.ts';
import { workbookHandlers } from './workbook/handlers.ts';

/** Every handler of the ledger contract. Each feature brings its own; the type of the contract holds them together. */
export const router = contract.router({
  process: { ping: open.process.ping.handler(() => ({ pid: process.pid })) },
  session: sessionHandlers,
  records: recordsHandlers,
  projects: projectsHandlers,
  organisation: organisationHandlers,
  calendar: calendarHandlers,
  chain: chainHandlers,
  permits: permitsHandlers,
  factors: factorsHandlers,
  stages: stagesHandlers,
  pool: poolHandlers,
  teams: teamsHandlers,
  dossier: dossierHandlers,
  rates: ratesHandlers,
  reports: reportsHandlers,
  supervision: supervisionHandlers,
  workbench: workbenchHandlers,
  workbook: workbookHandlers,
  attachments: attachmentsHandlers,
  exchange: exchangeHandlers,
  backup: backupHandlers,
});
