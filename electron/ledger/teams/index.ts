export {
  applyRule,
  readChecks,
  readHookup,
  readInspection,
  readProjectTeam,
  readSixOnes,
  readStewards,
  readTeams,
} from './views.ts';
