import { createRoot } from 'react-dom/client';
import 'antd/dist/reset.css';
import './app.css';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ErrorBoundary at="">
      <App />
    </ErrorBoundary>,
  );
}
