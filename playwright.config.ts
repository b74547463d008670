import { defineConfig, devices } from '@playwright/test';

/** What every Chromium of the tests gets: no sandbox (containers), and no request of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A WebGPU and a WebGL adapter in software. */
export const softwareGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** No adapter at all, neither for WebGPU nor for WebGL. */
export const noGpu = ['--disable-gpu', '--disable-software-rasterizer'];

const chrome = process.env.CHROME_PATH;

export function launchOptions(...flags: string[]) {
  return { ...(chrome === undefined ? {} : { executablePath: chrome }), args: [...chromiumFlags, ...flags] };
}

export default defineConfig({
  testDir: 'tests/browser',
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [['list']],
  // Each file serves what was built by itself, below a base of its own (`staticHost.ts`).
  use: { launchOptions: launchOptions() },
  // A file whose browser needs flags of its own (software GPU, no GPU) asks for them with `test.use`.
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'], launchOptions: launchOptions() } }],
});
