import { Component, type ErrorInfo, type ReactNode } from 'react';

interface Props {
  /** Where the window is: going elsewhere is a way on, too. */
  readonly at: string;
  readonly children: ReactNode;
}

/**
 * A screen that fails while it is drawn is replaced by words and a way on; without it React would leave an empty window.
 * Nothing is lost: every edit is in the ledger before the screen shows it.
 */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.at !== this.props.at) this.setState({ failed: false });
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // Goes to the log file with the page's other console lines.
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <section className="page shell-failed" role="alert">
        <h1>这个页面没有显示出来</h1>
        <p>台账数据没有改动，已保存的内容都在。请重新显示，或从左侧去别的页面。</p>
        <p>如仍不行，请从“帮助”打开日志文件夹，交技术人员查看。</p>
        <button type="button" className="shell-again" onClick={() => location.reload()}>
          重新显示
        </button>
      </section>
    );
  }
}
