export { Names, valueWords } from './words.ts';
