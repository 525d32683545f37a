import { mount } from 'svelte';
import Share from './Share.svelte';
import '../design/tokens.css';
import { language } from './words';

document.documentElement.lang = language;
mount(Share, { target: document.getElementById('app')! });
// Another link pasted into the same page changes only what is behind the #.
addEventListener('hashchange', () => location.reload());
