// Shows a page as somebody else's settings would.

/** Runs `body` while the system says `features`, such as `{ "forced-colors": "active" }`. */
export async function underFeatures(page, features, body) {
  const devtools = await page.createCDPSession();
  try {
    await devtools.send("Emulation.setEmulatedMedia", {
      features: Object.entries(features).map(([name, value]) => ({ name, value })),
    });
    return await body();
  } finally {
    await devtools.send("Emulation.setEmulatedMedia", { features: [] });
    await devtools.detach();
  }
}

/** Runs `body` in a window of `width` × `height` CSS pixels, each of `scale` × `scale` of the screen. */
export async function inWindow(page, { width, height, scale = 1 }, body) {
  const before = page.viewport();
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  try {
    return await body();
  } finally {
    await page.setViewport(before);
  }
}
