import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { api, forgetEverything } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';

/** Turns the window to the end of a past day, or with null back to today. */
export function useLookAt(): { readonly lookAt: (at: number | null) => void; readonly busy: boolean } {
  const { message } = App.useApp();
  const turn = useMutation(
    api.backup.lookAt.mutationOptions({
      onSuccess: forgetEverything,
      onError: (error) => message.error(messageOf(error), 8),
    }),
  );
  return { lookAt: (at) => turn.mutate({ at }), busy: turn.isPending };
}
