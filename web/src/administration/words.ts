import { language } from '../words';
import { de } from './words.de';
import { en, type OfficeWords } from './words.en';

/** Words of these pages, which are loaded with them. */
export const said: OfficeWords = language === 'de' ? de : en;
