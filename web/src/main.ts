import { mount } from 'svelte';
import App from './App.svelte';
import './design/tokens.css';
import { session } from './session/session.svelte';
import { language } from './words';

document.documentElement.lang = language;
void session.start();
mount(App, { target: document.getElementById('app')! });

// A page that came by plain HTTP from another machine has no service worker: then it is only not there without the network.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
