import { en } from './en';
import { ko } from './ko';

export const words = { en, ko };
