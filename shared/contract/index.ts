import { attachmentsContract } from './attachments.ts';
import { backupContract } from './backup.ts';
import { calendarContract } from './calendar.ts';
import { chainContract } from './chain.ts';
import { dossierContract } from './dossier.ts';
import { exchangeContract } from './exchange.ts';
import { factorsContract } from './factors.ts';
import { organisationContract } from './organisation.ts';
import { permitsContract } from './permits.ts';
import { poolContract } from './pool.ts';
import { processContract } from './process.ts';
import { projectsContract } from './projects.ts';
import { ratesContract } from './rates.ts';
import { recordsContract } from './records.ts';
import { reportsContract } from './reports.ts';
import { sessionContract } from './session.ts';
import { stagesContract } from './stages.ts';
import { supervisionContract } from './supervision.ts';
import { teamsContract } from './teams.ts';
import { workbenchContract } from './workbench.ts';
import { workbookContract } from './workbook.ts';

/** Everything the window can ask of the ledger process. One contract: a missing handler does not compile. */
export const ledgerContract = {
  process: processContract,
  session: sessionContract,
  records: recordsContract,
  projects: projectsContract,
  organisation: organisationContract,
  calendar: calendarContract,
  chain: chainContract,
  permits: permitsContract,
  factors: factorsContract,
  stages: stagesContract,
  pool: poolContract,
  teams: teamsContract,
  dossier: dossierContract,
  rates: ratesContract,
  reports: reportsContract,
  supervision: supervisionContract,
  workbench: workbenchContract,
  workbook: workbookContract,
  attachments: attachmentsContract,
  exchange: exchangeContract,
  backup: backupContract,
};
