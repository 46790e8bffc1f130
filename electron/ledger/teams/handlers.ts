import { withLedger } from '../procedure.ts';
import { readInstructions } from './instructions.ts';
import { teamPaper } from './paper.ts';
import { readServing } from './serving.ts';
import {
  applyRule,
  readChecks,
  readHookup,
  readInspection,
  readProjectTeam,
  readSixOnes,
  readStewards,
  readTeams,
} from './views.ts';

export const teamsHandlers = {
  overview: withLedger.teams.overview.handler(({ context: { session } }) => readTeams(session.store)),
  sixOnes: withLedger.teams.sixOnes.handler(async ({ context: { session } }) => ({
    date: session.today(),
    rows: await readSixOnes(session.store),
  })),
  checks: withLedger.teams.checks.handler(({ context: { session } }) => readChecks(session.store)),
  applyRule: withLedger.teams.applyRule.handler(({ context: { session }, input }) =>
    applyRule(session.store, input.projectIds, session.actor()),
  ),
  hookup: withLedger.teams.hookup.handler(({ context: { session } }) => readHookup(session.store, session.today())),
  inspection: withLedger.teams.inspection.handler(({ context: { session } }) =>
    readInspection(session, session.today()),
  ),
  stewards: withLedger.teams.stewards.handler(({ context: { session } }) =>
    readStewards(session.store, session.today()),
  ),
  serving: withLedger.teams.serving.handler(({ context: { session } }) => readServing(session.store)),
  instructions: withLedger.teams.instructions.handler(({ context: { session } }) =>
    readInstructions(session.store, session.today()),
  ),
  project: withLedger.teams.project.handler(({ context: { session }, input }) =>
    readProjectTeam(session.store, input.id, session.today()),
  ),
  paper: withLedger.teams.paper.handler(({ context: { session }, input }) =>
    teamPaper(session.store, input.kind, session.today(), input.unitIds),
  ),
};
