import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { backupNow } from '../../electron/ledger/backup/index.ts';
import { backupBeforeImport } from '../../electron/ledger/exchange/import/before-import.ts';
import { exportTo, filesIn, Importer } from '../../electron/ledger/exchange/index.ts';
import { Desk, type Session } from '../../electron/ledger/session/index.ts';
import { type Change, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { undo } from '../../electron/ledger/store/undo.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { addProjectWithPhoto, officeAbove, VOLUMES } from './county-work.ts';
import { headOf } from './head.ts';

/**
 * A program at work, to be killed: `storage-child.ts <work> <ledger> <data folder> <backup or stick>`. Each line that it
 * prints acknowledges what is saved by then: `ack <n>` the journal number, `backup <path>` a finished backup, `read <name>`
 * and `written <name>` a sync file that `begin` began, `open` that the ledger is open, `start` that it is about to be.
 */
const [, , work = '', path = '', dataFolder = '', place = ''] = process.argv;

// Straight to the pipe: what is acknowledged is out before the next instruction.
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const actor = () => ({ operator: '王某', now: Date.now() });

function person(name: string): Change {
  return { entity: 'person', id: newId(), set: { name, phone: String(Math.random()) } };
}

/** Sizes as in an office: a cell, a block of cells, now and then a large paste. */
function edit({ store }: Session, round: number): void {
  const rows = round % 17 === 0 ? 400 : round % 5 === 0 ? 36 : 1;
  if (round % 7 === 3) {
    try {
      undo(store, actor());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  } else {
    const changes = Array.from({ length: rows }, (_, row) => person(`第${round}次第${row}行`));
    commit(store, { kind: 'edit', title: `粘贴 ${rows} 行`, changes }, actor());
  }
  say(`ack ${headOf(store).n}`);
}

/** Every file of the stick, in any order, the backup before them included, with the clerk at work in between. */
async function importAll(session: Session, round: number): Promise<void> {
  const importer = new Importer(session.store);
  const beforeWrite = backupBeforeImport(desk.keeper);
  try {
    for (const file of filesIn(place).sort(() => Math.random() - 0.5)) {
      say(`begin ${basename(file)}`);
      const report = await importer.apply(file, { actor: actor(), beforeWrite });
      if (report.state === 'refused') throw new Error(`${file}: ${report.fault?.text ?? ''}`);
      say(`read ${basename(file)}`);
      edit(session, round);
    }
  } finally {
    await importer.close();
  }
}

/** A new project with its photo, then the file that carries them, in volumes. */
async function exportOne({ store }: Session): Promise<void> {
  await addProjectWithPhoto(store, actor());
  say(`ack ${headOf(store).n}`);
  say('begin');
  const sent = await exportTo(store, { officeId: officeAbove(store), full: false }, place, {
    actor: actor(),
    volumeLimits: VOLUMES,
  });
  if (sent.unwritten > 0) throw new Error(sent.unwrittenWhy ?? 'unwritten');
  say(`written ${sent.fileName}`);
}

const desk = new Desk({ dataFolder, now: Date.now });
// The upgrade lies in the opening: the kill is timed from here, else from the first moment of work.
if (work === 'migrate') say('start');
const session = await desk.open(path);
say('open');

for (let round = 1; ; round += 1) {
  switch (work) {
    case 'edit':
      edit(session, round);
      break;
    case 'backup':
      edit(session, round);
      say(`backup ${backupNow(session.store, { reason: 'manual', folder: place, now: Date.now() }).path}`);
      break;
    case 'restore': {
      const { session: restored } = await desk.restore(place);
      say(`ack ${headOf(restored.store).n}`);
      edit(restored, round);
      break;
    }
    case 'import':
      await importAll(session, round);
      break;
    case 'export':
      await exportOne(session);
      break;
    default:
      // 'migrate': opening was the work.
      break;
  }
  // The timers of the high-water note have their turn, as in the real process.
  await new Promise((resolve) => setTimeout(resolve, work === 'migrate' ? 1000 : round % 4));
}
