// The worker behind "Two pulls".
//   in:  { images, seed } once; { rate }: steps a second, 0 for none, Infinity for as many as go; { steps }: so many now; { restart: true }
//   out: { restarts, steps, history, models: [{ codes, pictures }], pace }, at most ten times a second; history: both terms of each
//        model, for all steps since the last report; pace: steps a second, in one report, when the first steps have been timed

import { TrainingShow } from './trainingShow.js';

const interval = 100;

// The first few run before the browser has compiled them.
const untimed = 3, timed = 9;

let show = null, seed = 1, restarts = 0, rate = 0, owed = 0, last = 0, history = [], timer = 0, reported = 0, durations = [];

self.onmessage = ({ data }) => {
    if (data.images) {
        seed = data.seed;
        show = new TrainingShow(data.images, seed);
    }
    if (data.restart) {
        show.restart(seed);
        restarts++;
        history = [];
    }
    if (data.rate !== undefined) {
        rate = data.rate;
        last = performance.now();
        owed = 0;
    }
    for (let n = 0; n < (data.steps ?? 0); n++)
        step();
    report();
    clearTimeout(timer);
    if (rate > 0)
        timer = setTimeout(run, 0);
};

/** Steps for the time that has passed, but no longer than a report's interval: a slow device trains slower and stays responsive. */
function run() {
    const now = performance.now(), end = now + interval;
    owed = Math.min(owed + ((now - last) / 1000) * rate, rate);
    last = now;
    while ((rate === Infinity || owed >= 1) && performance.now() < end) {
        step();
        owed--;
    }
    if (performance.now() - reported >= interval)
        report();
    timer = setTimeout(run, rate === Infinity ? 0 : 10);
}

function step() {
    const start = performance.now();
    history.push(show.step().map(({ reconstruction, kl }) => [reconstruction, kl]));
    durations?.push(performance.now() - start);
}

/** By the median, so that a step during which the device did something else does not count. */
function pace() {
    if (!durations || durations.length < untimed + timed)
        return undefined;
    const times = durations.slice(untimed, untimed + timed).sort((a, b) => a - b);
    durations = null;
    return 1000 / times[(timed - 1) / 2];
}

function report() {
    reported = performance.now();
    self.postMessage({ restarts, steps: show.steps, history, models: show.snapshot(), pace: pace() });
    history = [];
}
