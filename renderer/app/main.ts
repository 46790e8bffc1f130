import { askEarly } from './first-screen.ts';

// Two steps: the port is asked for and the first questions are under way before the libraries of the screen are read.
askEarly();
void import('./window.tsx');
