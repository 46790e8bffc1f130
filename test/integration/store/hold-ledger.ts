import { openStore } from '../../../electron/ledger/store/open.ts';
import { Fault } from '../../../shared/contract/faults.ts';

/** Child process of lock.test.ts: opens a ledger, says so, and keeps it until it is ended. */
const [, , path = ''] = process.argv;
try {
  openStore(path);
  console.log('open');
} catch (error) {
  console.log(error instanceof Fault ? error.code : String(error));
}
setInterval(() => {}, 1000);
