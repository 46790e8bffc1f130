import { createContext, type ReactNode, useContext } from 'react';
import type { LedgerStatus } from '../../shared/contract/session.ts';

const Context = createContext<LedgerStatus | null>(null);

export function LedgerProvider({ value, children }: { readonly value: LedgerStatus; readonly children: ReactNode }) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The open ledger, or null outside the shell. */
export function useLedgerIfOpen(): LedgerStatus | null {
  return useContext(Context);
}

/** The open ledger: office, level, operator, today. Only inside the shell. */
export function useLedger(): LedgerStatus {
  const status = useLedgerIfOpen();
  if (status === null) throw new Error('useLedger outside the shell');
  return status;
}
