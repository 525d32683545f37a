import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { chromium as found } from './chromium';

// npm run icons: what public/icon.svg draws, for systems that take no SVG. The drawing keeps clear of the edge, which systems
// cut to shapes of their own.
const { executable, environment } = found();
const drawing = readFileSync('public/icon.svg', 'utf8');
const browser = await chromium.launch({ executablePath: executable, env: { ...process.env, ...environment } as Record<string, string>, args: ['--no-sandbox'] });
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin:0;background:#1d5c57;display:grid;place-items:center;height:100vh">
    <div style="width:80%">${drawing}</div></body>`);
  await page.screenshot({ path: `public/icon-${size}.png` });
}
await browser.close();
