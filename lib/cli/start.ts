/**
 * First code of the command: starts the carrier, then loads the rest, dist/command.js, which takes 2 ms. Small, as it is compiled anew every time.
 */
import { join } from 'node:path';
import { firstCarrier } from './first-carrier.js';
import type { runCommand } from './main.js';

declare const require: NodeJS.Require;

// Not by `require(...)`, which would put it into this bundle.
const load = require;
const command = load(join(import.meta.dirname, 'command.js')) as { readonly runCommand: typeof runCommand };
void command.runCommand(firstCarrier);
