import { withLedger } from '../procedure.ts';
import { readConversion } from './conversion.ts';
import { moveStage } from './move.ts';
import { readStages } from './of.ts';

export const stagesHandlers = {
  of: withLedger.stages.of.handler(({ context: { session }, input }) => readStages(session.store, input.projectId)),
  move: withLedger.stages.move.handler(({ context: { session }, input }) =>
    moveStage(session.store, input, { today: session.today(), actor: session.actor() }),
  ),
  conversion: withLedger.stages.conversion.handler(({ context: { session }, input }) =>
    readConversion(session.store, input.year),
  ),
};
