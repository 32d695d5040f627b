import { suiteApart } from './helpers.js';

await suiteApart('python-environment.suite');
await suiteApart('python-streams.suite');
await suiteApart('python-threads.suite');
await suiteApart('python-hosts.suite');
await suiteApart('limits.suite');
