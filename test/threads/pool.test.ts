import { suiteApart } from '../api/helpers.js';

await suiteApart('../threads/pool.suite');
