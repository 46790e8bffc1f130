import { App } from 'antd';
import { platform } from '../app/api.ts';

/** Says what was written into a file, and leads to its folder. */
export function useSayWritten(): (words: string, path: string) => void {
  const { message } = App.useApp();
  return (words, path) => {
    message.success({
      duration: 8,
      content: (
        <span>
          {words}
          {'　'}
          <button type="button" className="link-button" onClick={() => void platform.showInFolder({ path })}>
            打开所在文件夹
          </button>
        </span>
      ),
    });
  };
}
