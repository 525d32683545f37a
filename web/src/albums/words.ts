import { language } from '../words';
import { de } from './words.de';
import { en, type AlbumWords } from './words.en';

/** Words of these pages, which are loaded with them. */
export const said: AlbumWords = language === 'de' ? de : en;
