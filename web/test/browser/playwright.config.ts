import { defineConfig, devices } from '@playwright/test';
import { chromium, type Browser } from './chromium';

let browser: Browser | undefined;
try {
  browser = chromium();
} catch (reason) {
  // Each test then says that it was left out, and why.
  process.env.MEMOIR_NO_CHROMIUM = reason instanceof Error ? reason.message : String(reason);
}

const launchOptions = browser
  ? { executablePath: browser.executable, env: { ...(process.env as Record<string, string>), ...browser.environment }, args: ['--no-sandbox'] }
  : {};

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: '../../target/browser',
  globalSetup: './setup.ts',
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['junit', { outputFile: '../../target/surefire-reports/TEST-web-browser.xml' }]],
  use: { launchOptions, locale: 'en-GB', timezoneId: 'Europe/Zurich', serviceWorkers: 'block', trace: 'retain-on-failure' },
  projects: [
    { name: 'desk', use: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } },
    { name: 'phone', use: { ...devices['Pixel 7'], launchOptions, defaultBrowserType: 'chromium', colorScheme: 'dark' }, testIgnore: /(issuer|offline|upload)\.test\.ts/ },
  ],
});
