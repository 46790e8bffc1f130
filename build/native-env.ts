import { nativeBindingPath } from './provision-native.ts';

// For `node --import`: tools and the command line use the same SQLite as the window. Without a provisioned binding the
// upstream prebuild is tried.
try {
  process.env['BAOBAO_NATIVE'] = nativeBindingPath();
} catch {
  delete process.env['BAOBAO_NATIVE'];
}
