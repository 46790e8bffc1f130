export { readPage } from './page.ts';
export { Names, valueWords } from './words.ts';
