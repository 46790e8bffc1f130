import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { Fault } from '../../../shared/contract/faults.ts';

/** Child process of lock.test.ts: opens a ledger, says so, and keeps it until it is ended. */
const [, , path = ''] = process.argv;
const held: Store[] = [];
try {
  held.push(openStore(path));
  console.log('open');
} catch (error) {
  console.log(error instanceof Fault ? error.code : String(error));
}
// The store is spoken of to the end: one that nobody holds is closed when memory is cleared up.
setInterval(() => held.length, 1000);
