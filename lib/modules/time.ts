import { newFloat } from '../objects/float.js';
import { defineModule } from '../objects/define.js';
defineModule({ name: 'time', functions: [['perf_counter', () => newFloat(performance.now() / 1000), [0, 0]]] });
