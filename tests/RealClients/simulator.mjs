// Where the simulator is, and what the tests share.
export const base = process.env.SEEDANCE_REALCLIENTS_SIMULATOR;
if (!base) { throw new Error('Run Invoke-RealClients.ps1, which starts the simulator.'); }

export const png = Buffer.from('89504e470d0a1a0a', 'hex');
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
