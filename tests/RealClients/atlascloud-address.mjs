// Loaded before atlascloud-mcp, whose address is fixed: its requests go to the simulator, and nothing leaves the machine.
const base = process.env.SEEDANCE_REALCLIENTS_SIMULATOR;
const send = globalThis.fetch;
globalThis.fetch = (address, options) => {
  const here = String(address).replace('https://api.atlascloud.ai', `${base}/atlascloud`);
  return here.startsWith(base) ? send(here, options) : Promise.resolve(new Response('offline', { status: 404 }));
};
