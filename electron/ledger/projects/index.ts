export { Names, valueWords } from './words.ts';
export { readPage } from './page.ts';
