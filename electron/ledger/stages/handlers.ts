import { withLedger } from '../procedure.ts';
import { readConversion } from './conversion.ts';
import { moveStage } from './move.ts';
import { readStages } from './of.ts';
import { readYields } from './outputs.ts';

export const stagesHandlers = {
  of: withLedger.stages.of.handler(({ context: { session }, input }) => readStages(session.store, input.projectId)),
  move: withLedger.stages.move.handler(({ context: { session }, input }) =>
    moveStage(session.store, input, { today: session.today(), actor: session.actor() }),
  ),
  conversion: withLedger.stages.conversion.handler(({ context: { session }, input }) =>
    readConversion(session.store, input.year, input.counting),
  ),
  yields: withLedger.stages.yields.handler(({ context: { session }, input }) =>
    readYields(session.store, input.year, session.today()),
  ),
};
